import { MODULE_FAULTS, type ModuleFaultCode } from "#text/module-faults.ts";
import { say, type Lang, type Params } from "#text/wording.ts";

/** Where in a module something is wrong; line 0 where the whole file or folder is meant. */
export type ModulePlace = { readonly file: string; readonly line: number };

/** A module that cannot be offered: which file and line, why, and what to do. Start-up refuses. */
export class BrokenModule extends Error {
  override readonly name = "BrokenModule";
  readonly place: ModulePlace;
  readonly code: ModuleFaultCode;
  readonly params: Params;

  constructor(
    place: ModulePlace,
    fault: { readonly code: ModuleFaultCode; readonly params?: Params },
    options?: ErrorOptions,
  ) {
    super(sentence(place, fault.code, { lang: "en", params: fault.params ?? {} }), options);
    this.place = place;
    this.code = fault.code;
    this.params = fault.params ?? {};
  }

  in(lang: Lang): string {
    return sentence(this.place, this.code, { lang, params: this.params });
  }
}

function sentence(
  place: ModulePlace,
  code: ModuleFaultCode,
  { lang, params }: { readonly lang: Lang; readonly params: Params },
): string {
  const { detail, next } = MODULE_FAULTS[code];
  return `${placeText(place)}: ${say(detail, lang, params)} ${say(next, lang, params)}`;
}

export function placeText({ file, line }: ModulePlace): string {
  return line === 0 ? file : `${file}:${line}`;
}
