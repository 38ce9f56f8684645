/**
 * A certificate as it is typeset: ours, and the same for all of them. What people wrote is read from
 * the data, and never becomes part of it (INPUT-2).
 */
export const CERTIFICATE_SOURCE = `
#let given = json(bytes(sys.inputs.data))
#set document(title: given.title)
#set text(lang: "en", region: "gb", font: "Libertinus Serif", size: 10.5pt, hyphenate: false)
#set page(paper: "a4", margin: 20mm, numbering: "1 / 1")
#set par(leading: 0.65em)
#let soft(body) = text(fill: rgb("#555555"), size: 9pt, body)
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 1): set block(below: 1.2em)
#show heading.where(level: 2): set block(above: 1.8em, below: 1em)
#set enum(spacing: 1em)
#set terms(spacing: 0.8em)

#soft(given.place)

= #given.title

#block(inset: (left: 12pt), stroke: (left: 2pt + rgb("#2f6f6a")), spacing: 1.4em)[
  #quote(block: false, quotes: false, text(size: 15pt, given.wording))
]
#soft(given.who)

#for (name, value) in given.facts [
  / #name: #value
]

== #given.done

#for step in given.steps [
  + #soft(step.at) \\
    #step.line
    #if step.scan != "" [\\ #soft(step.scan)]
]

#v(1em)
#line(length: 100%, stroke: 0.5pt + rgb("#cccccc"))
#soft(given.foot)
`;
