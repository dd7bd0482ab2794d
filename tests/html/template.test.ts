import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { expect, test } from 'vitest'
import { html, joined, jsonIn, safeUrl } from '../../src/html/template.ts'

type Element = DefaultTreeAdapterTypes.Element
type Text = DefaultTreeAdapterTypes.TextNode

/** HTML has no NUL, and reads a carriage return as a line end. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[<>"'`=/&;! a-z-]*$/),
    fc.constantFrom('</title><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<!--'),
  )
  .map((value) => value.replaceAll(/[\0\r]/g, ''))

test('a parser returns the text unchanged, in an element and in an attribute', () => {
  fc.assert(
    fc.property(text, text, (inside, attribute) => {
      const { childNodes } = parseFragment(String(html`<p title="${attribute}">${inside}</p>`))
      expect(childNodes).toHaveLength(1)
      const { tagName, attrs, childNodes: inner } = childNodes[0] as Element
      expect([tagName, attrs]).toEqual(['p', [{ name: 'title', value: attribute }]])
      expect(inner.map((node) => (node as Text).value).join('')).toBe(inside)
    }),
    { numRuns: 300 },
  )
})

test('empty values print nothing, and lists are joined', () => {
  const list = ['<a>', html`<b>c</b>`, null, [undefined, false, 0]]
  expect(String(html`${list}`)).toBe('&lt;a&gt;<b>c</b>0')
  expect(String(html`${joined(['a', null, '', html`<b>c</b>`], ', ')}`)).toBe('a, <b>c</b>')
})

test.each([
  ['https://example.org/a b', 'https://example.org/a%20b'],
  ['http://example.org/"onclick=', 'http://example.org/%22onclick='],
  ['javascript:alert(1)', null],
  [' JavaScript:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['data:text/html,<script>', null],
  ['//example.org/x', null],
  ['https://user:secret@example.org/', null],
  ['', null],
  [null, null],
])('the URL %j is linked as %j', (address, expected) => {
  expect(safeUrl(address)).toBe(expected)
})

test('data in a script can neither end it nor begin a comment', () => {
  fc.assert(
    fc.property(text, (value) => {
      const markup = html`<script type="application/ld+json">${jsonIn({ value })}</script>`
      const { childNodes } = parseFragment(String(markup))
      expect(childNodes).toHaveLength(1)
      const [data] = (childNodes[0] as Element).childNodes as Text[]
      expect(data?.value).not.toMatch(/[<>]/)
      expect(JSON.parse(data?.value ?? '')).toEqual({ value })
    }),
    { numRuns: 300 },
  )
})
