"""How the watch screen is laid out."""

CSS = """
Screen { layout: vertical; }
* { scrollbar-color: $foreground 25%; scrollbar-color-hover: $foreground 40%; scrollbar-background: $background; }

#status { height: auto; max-height: 3; padding: 0 1; background: $panel; color: $foreground; }
#status.-passed { background: $success-muted; color: $text-success; text-style: bold; }
#status.-failed { background: $panel; }
#status.-problem { background: $warning-muted; color: $text-warning; }

#body { height: 1fr; }
#page { width: 1fr; padding: 1 0 0 2; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
#page:focus { background-tint: $foreground 0%; }
#text { width: 100%; height: auto; }

#exercises { display: none; width: 38; border-right: vkey $panel-lighten-1; }
#search { margin: 0 1; height: 1; background: $surface; }
#found { height: 1fr; padding: 0; border: none; background: transparent; scrollbar-size-vertical: 1; }
#found > .option-list--option-disabled { color: $text-muted; }

.-wide #exercises { display: block; }
.-listing #exercises { display: block; width: 1fr; border: none; }
.-listing #page { display: none; }
.-wide.-listing #exercises { width: 38; border-right: vkey $panel-lighten-1; }
.-wide.-listing #page { display: block; }

ModalScreen { align: center middle; }
#dialog { width: auto; max-width: 90%; height: auto; max-height: 90%; padding: 1 2; background: $panel; }
Keys #dialog { width: 56; }
Keys #dialog Static { width: 100%; }
"""
