import { expect, test } from 'vitest'
import { markupToText } from '../../../src/import/fields/markup.ts'

test.each([
  ['Bounds that hold whenever n<k for all graphs', 'Bounds that hold whenever n<k for all graphs'],
  ['P<0.05 and a<b and c>d', 'P<0.05 and a<b and c>d'],
  ['x <y, a<=b, x<-y, <3 & >2, AT&T; R&D', 'x <y, a<=b, x<-y, <3 & >2, AT&T; R&D'],
  [
    'When is an <object> a <place>? A List<int> study',
    'When is an <object> a <place>? A List<int> study',
  ],
  ['The <title> element and <code>', 'The <title> element and <code>'],
  [
    'the <s> token, <a>, a<b>c and <https://example.org>',
    'the <s> token, <a>, a<b>c and <https://example.org>',
  ],
  ['x<i>y</i>, H<sub>2</sub>O and <I>E. coli', 'xy, H2O and E. coli'],
  ['<p>if a<b then</p><p>c</p>', 'if a<b then c'],
  ['<span style="font-variant: small-caps">d</span>-amino', 'd-amino'],
  ['Caf&eacute; M&uuml;ller na&iuml;ve &#8211; &hellip; &thinsp;x', 'Café Müller naïve – … x'],
  ['&lt;i&gt;E. coli&lt;/i&gt; &amp;amp; caf&amp;eacute;', 'E. coli & café'],
  ['use &lt;b&gt; and n &lt; k', 'use <b> and n < k'],
  ['<jats:title>Abstract</jats:title><jats:p>We &lt; <!-- no --> all</jats:p>', 'We < all'],
  ['Abstract Interpretation &amp; More', 'Abstract Interpretation & More'],
  [
    'Solitons in<mml:math display="inline"><mml:mi>N</mml:mi></mml:math>-Coupled',
    'Solitons in N-Coupled',
  ],
  [
    '<inline-formula><alternatives><tex-math>$p$</tex-math><mml:math><mml:mi>p</mml:mi></mml:math></alternatives></inline-formula> is',
    'p is',
  ],
  ['<inline-formula><tex-math notation="LaTeX">$x^2$</tex-math></inline-formula> is', '$x^2$ is'],
  ['<![CDATA[a <b>bold</b> word]]>', 'a bold word'],
])('%s', (markup, text) => {
  expect(markupToText(markup)).toBe(text)
})

test('text with unclosed markup takes time in proportion to its length', () => {
  for (const piece of ['<a href="x', '<i ', '<!-- ', '<![CDATA[', '&amp'])
    expect(markupToText(piece.repeat(40_000)).length).toBeGreaterThan(40_000)
})
