import { HostConfig } from "adaptivecards";

/** Colours are the page's CSS variables, so that light and dark are decided in one place. */
export function cardHost(): HostConfig {
  return new HostConfig({
    supportsInteractivity: true,
    fontFamily: "inherit",
    fontTypes: {
      default: { fontFamily: "inherit", fontSizes: SIZES },
      monospace: { fontFamily: "var(--mono)", fontSizes: { ...SIZES, default: 13 } },
    },
    spacing: { small: 4, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 16 },
    separator: { lineThickness: 1, lineColor: "var(--line)" },
    containerStyles: {
      default: surface("transparent"),
      emphasis: surface("var(--surface-quiet)"),
      good: surface("var(--surface-good)"),
      warning: surface("var(--surface-warning)"),
      attention: surface("var(--surface-danger)"),
      accent: surface("var(--surface-quiet)"),
    },
    table: { cellSpacing: 5 },
    actions: {
      maxActions: 8,
      spacing: "default",
      buttonSpacing: 8,
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      allowTitleToWrap: true,
      showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
    },
  });
}

function surface(backgroundColor: string) {
  const colour = (name: string) => ({ default: `var(--${name})`, subtle: "var(--subtle)" });
  const foregroundColors = {
    default: colour("text"),
    accent: colour("accent"),
    good: colour("good"),
    warning: colour("warning"),
    attention: colour("danger"),
  };
  return { backgroundColor, borderColor: "var(--line)", foregroundColors };
}

const SIZES = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 };
