import type { RefusalWording } from "./wording.ts";

/** Why the modules cannot be taken from their repository; for whoever runs the server. */
export const REPOSITORY_FAULTS = {
  "unsafe-url": {
    detail: {
      en: "MODULES_SOURCE is no address that modules may come from.",
      ko: "MODULES_SOURCE에 모듈을 가져올 수 없는 주소가 들어 있습니다.",
    },
    next: {
      en: "Set it to a folder, or to https://host/path.git or ssh://git@host/path.git without password and options; //folder at its end names a folder in it.",
      ko: "폴더, 또는 비밀번호와 옵션이 없는 https://host/path.git 이나 ssh://git@host/path.git 을 넣어 주세요. 저장소 안의 폴더는 끝에 //folder 로 적습니다.",
    },
  },
  "unsafe-ref": {
    detail: {
      en: "MODULES_REF “{ref}” is no name of a branch, a tag or a commit.",
      ko: "MODULES_REF “{ref}”은(는) 브랜치, 태그, 커밋 이름이 아닙니다.",
    },
    next: {
      en: "Set it to one, or unset it for the repository's own branch.",
      ko: "올바른 이름을 넣거나, 저장소의 기본 브랜치를 쓰려면 지워 주세요.",
    },
  },
  "ref-of-folder": {
    detail: {
      en: "MODULES_REF is “{ref}”, but MODULES_SOURCE is a folder.",
      ko: "MODULES_REF는 “{ref}”인데 MODULES_SOURCE는 폴더입니다.",
    },
    next: {
      en: "Unset MODULES_REF, or set MODULES_SOURCE to a repository.",
      ko: "MODULES_REF를 지우거나 MODULES_SOURCE에 저장소 주소를 넣어 주세요.",
    },
  },
  "no-repository": {
    detail: {
      en: "The modules cannot be fetched at “{ref}”, and no earlier commit is kept here: {problem}",
      ko: "“{ref}”에서 모듈을 가져올 수 없고 보관된 이전 커밋도 없습니다: {problem}",
    },
    next: {
      en: "Check the address, the ref, the network and git's credentials, then start again.",
      ko: "주소, ref, 네트워크, git 자격 증명을 확인한 뒤 다시 시작해 주세요.",
    },
  },
  "tree-link": {
    detail: {
      en: "The commit {commit} has a symbolic link at “{path}”, which may lead out of the modules.",
      ko: "{commit} 커밋의 “{path}”은(는) 모듈 밖을 가리킬 수 있는 심볼릭 링크입니다.",
    },
    next: {
      en: "Put the file itself in its place and commit that.",
      ko: "링크 대신 파일을 직접 넣고 커밋해 주세요.",
    },
  },
  "tree-submodule": {
    detail: {
      en: "The commit {commit} has a git submodule at “{path}”, whose content it does not fix.",
      ko: "{commit} 커밋의 “{path}”은(는) git 서브모듈이라 내용이 함께 고정되지 않습니다.",
    },
    next: {
      en: "Commit the files themselves.",
      ko: "파일을 직접 커밋해 주세요.",
    },
  },
} as const satisfies Record<string, RefusalWording>;
