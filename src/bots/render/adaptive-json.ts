import type { ButtonValue } from "#bots/card.ts";

/**
 * The part of Adaptive Card 1.5 that our cards use, as it goes over the wire.
 * Untrusted text stands in TextRun only: a TextBlock is read as Markdown by some hosts.
 * Source: https://adaptivecards.io/explorer/
 */
export type AdaptiveCard = {
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly type: "AdaptiveCard";
  readonly version: "1.5";
  readonly fallbackText: string;
  readonly speak: string;
  readonly body: readonly Element[];
  readonly actions: readonly CardAction[];
};

export type Element = Placed & (RichText | Container | ColumnSet | Table | ActionSet | Input);

type Placed = {
  readonly id?: string;
  readonly spacing?: "None" | "Small" | "Default" | "Medium" | "Large";
  readonly separator?: boolean;
  readonly isVisible?: boolean;
};

export type RichText = { readonly type: "RichTextBlock"; readonly inlines: readonly TextRun[] };

export type TextRun = {
  readonly type: "TextRun";
  readonly text: string;
  readonly weight?: "Bolder";
  readonly size?: "Small" | "Medium" | "Large";
  readonly italic?: boolean;
  readonly isSubtle?: boolean;
  readonly color?: "Attention";
  readonly fontType?: "Monospace";
  readonly selectAction?: { readonly type: "Action.OpenUrl"; readonly url: string };
};

export type Container = {
  readonly type: "Container";
  readonly style?: ContainerStyle;
  readonly bleed?: boolean;
  readonly items: readonly Element[];
};

export type ContainerStyle = "default" | "emphasis" | "good" | "warning" | "attention";

export type ColumnSet = {
  readonly type: "ColumnSet";
  readonly columns: readonly {
    readonly type: "Column";
    readonly width: "auto" | "stretch";
    readonly items: readonly Element[];
  }[];
};

export type Table = {
  readonly type: "Table";
  readonly firstRowAsHeaders: boolean;
  readonly showGridLines: boolean;
  readonly columns: readonly { readonly width: number }[];
  readonly rows: readonly TableRow[];
};

export type TableRow = {
  readonly type: "TableRow";
  readonly cells: readonly { readonly type: "TableCell"; readonly items: readonly Element[] }[];
};

export type ActionSet = { readonly type: "ActionSet"; readonly actions: readonly CardAction[] };

export type Input = Asked & (InputText | InputNumber | InputToggle | InputChoices);

type Asked = {
  readonly id: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly errorMessage: string;
};

type InputText = {
  readonly type: "Input.Text";
  readonly isMultiline: boolean;
  readonly maxLength: number;
  readonly style?: "Password";
  readonly placeholder?: string;
  readonly value?: string;
};

type InputNumber = {
  readonly type: "Input.Number";
  readonly min?: number;
  readonly max?: number;
  readonly value?: number;
};

type InputToggle = {
  readonly type: "Input.Toggle";
  readonly title: string;
  readonly valueOn: "true";
  readonly valueOff: "false";
  readonly value: string;
};

type InputChoices = {
  readonly type: "Input.ChoiceSet";
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly isMultiSelect: boolean;
  readonly style: "compact" | "expanded" | "filtered";
  readonly placeholder?: string;
  readonly value?: string;
};

type Styled = { readonly title: string; readonly style?: "positive" | "destructive" };

/** `data` is the ButtonValue alone; what is entered comes back beside it. */
export type Execute = Styled & {
  readonly type: "Action.Execute";
  readonly verb: string;
  readonly data: ButtonValue;
  readonly associatedInputs: "auto" | "none";
  readonly fallback: Styled & { readonly type: "Action.Submit"; readonly data: ButtonValue };
};

export type CardAction =
  | Execute
  | (Styled & {
      readonly type: "Action.ShowCard";
      readonly card: {
        readonly type: "AdaptiveCard";
        readonly body: readonly Element[];
        readonly actions: readonly Execute[];
      };
    })
  | (Styled & {
      readonly type: "Action.ToggleVisibility";
      readonly targetElements: readonly string[];
    });
