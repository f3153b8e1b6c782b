face-title = The council’s face
face-what = Your council’s name, colours, font and logo, as they appear on the public pages, the widget, the overlays, the poster and the image of shared links.
face-name = Name of the council
face-name-note = Appears at the head of the pages, on the home screen of telephones and in the list of sittings.
face-accent = Colour on a light ground
face-accent-note = Six hexadecimal digits, for example #0b5a66. Links, buttons and the poster.
face-accent-dark = Colour on a dark ground
face-accent-dark-note = Leave it empty: it is made from the first.
face-font = Font of the pages
face-font-legible = Atkinson Hyperlegible Next
face-font-system = The device’s own
face-font-serif = The device’s own, with serifs
face-logo = Logo
face-logo-note = SVG or PNG, 200 kB at most. Of an SVG only the drawing stays: no program, no link, no file from elsewhere.
face-logo-now = Present logo
face-logo-remove = Remove the logo
face-keep = Keep
face-reset = Back to the original face
face-kept = The council’s face is kept. The pages show it within seconds.
face-forgotten = The original face is back.
face-refused = This was not kept.
face-ratio = Lowest contrast, { $theme ->
    [dark] on a dark ground
   *[light] on a light ground
}: { $whole }.{ $tenth } to 1 (4.5 is needed).
face-preview = Preview
face-preview-link = A link of the page
face-preview-button = A button
face-none = No logo
face-shown = { $name }: { $accent } on a light ground, { $dark } on a dark ground, font { $font }, { $logo }
error-face = Not everybody could read these colours.
problem-face-colour = This is not a colour: six hexadecimal digits are needed, for example #0b5a66.
problem-face-contrast = { $colour } has a contrast of only { $whole }.{ $tenth } with what is around it, 4.5 is needed. The nearest colour that fits: { $nearest }.
problem-face-font = This font is not offered. Those that are: { $known }.
problem-logo-large = The logo exceeds { $limit } kB.
problem-logo-unreadable = This file is neither an SVG nor a PNG that can be drawn.
problem-logo-heavy = This drawing would take too long to show on a phone: too many shapes reused within one another, a picture too large, or a shape too long. Nothing was kept.
