import { expect, test } from 'vitest'
import { wideDecoder, wideEncodingOf } from '../../../src/import/input/encoding/wide.ts'
import { readText } from '../../helpers/reading.ts'

type Write = (title: string, name: string, i: number) => string

/** Entries of formats that do not state their encoding. */
const PLAIN: Record<string, Write> = {
  bibtex: (title, name, i) =>
    `@article{k${i},\n  title = {${title}},\n  author = {Bee, ${name}},\n  year = {2019}\n}\n`,
  ris: (title, name) => `TY  - JOUR\nTI  - ${title}\nAU  - Bee, ${name}\nPY  - 2019\nER  - \n`,
  nbib: (title, name, i) => `PMID- 9000000${i}\nDP  - 2019\nTI  - ${title}\nFAU - Bee, ${name}\n\n`,
  csv: (title, name, i) => `${i === 0 ? 'title,authors\n' : ''}"${title}","${name} Bee"\n`,
}

/** Also one that is split into entries by its syntax and not by lines. */
const ALL: Record<string, Write> = {
  ...PLAIN,
  'csl-json': (title, name, i) =>
    `{"id": "k${i}", "type": "article", "title": "${title}", "author": [{"family": "Bee", "given": "${name}"}]}\n`,
}

const WORDS = [
  'Étude de l’œuvre',
  'Größe – ein Maß',
  'Señal “útil”',
  'Only letters of ASCII',
  'Ärger',
]
const NAMES = ['Zoë', 'Jürgen', 'Iñigo', 'Ann', 'Øyvind']
const SIGNS: Record<string, number> = { '’': 0x92, œ: 0x9c, '–': 0x96, '“': 0x93, '”': 0x94 }

const toWindows = (text: string) =>
  Buffer.from([...text].map((sign) => SIGNS[sign] ?? sign.charCodeAt(0)))

const WINDOWS = 'bytes that are not UTF-8 were read as Windows-1252'
const OTHER = 'bytes in UTF-8 were read as UTF-8, although the file declares another encoding'
const DAMAGED = 'bytes that are not UTF-8 were replaced'

test.each(Object.entries(ALL))(
  '%s: a file in Windows-1252 is read as such, and reported',
  async (format, write) => {
    const text = WORDS.map((title, i) => write(title, NAMES[i] ?? '', i)).join('')
    const found = await readText(format, toWindows(text))
    expect(found.records.map(({ title }) => title)).toEqual(WORDS)
    expect(found.records.map(({ authors }) => authors[0]?.name)).toEqual(
      NAMES.map((name) => `${name} Bee`),
    )
    expect(found.repairs).toEqual([WINDOWS, WINDOWS, WINDOWS, WINDOWS])
  },
)

test.each(Object.entries(ALL))('%s: the first non-ASCII byte comes late', async (format, write) => {
  const plain = Array.from({ length: 9 }, (_, i) => write(`Plain study ${i}`, 'Ann', i)).join('')
  const found = await readText(format, toWindows(plain + write('Späte Größe', 'Ann', 9)))
  expect(found.records.at(-1)?.title).toBe('Späte Größe')
  expect(found.repairs).toEqual([WINDOWS])
})

test.each(Object.entries(ALL))(
  '%s: damaged bytes in a UTF-8 file are replaced',
  async (format, write) => {
    const text = WORDS.map((title, i) => write(title, NAMES[i] ?? '', i)).join('')
    const bytes = Buffer.from(text)
    const cut = Buffer.from('Ä')
    const at = bytes.lastIndexOf(cut)
    const damaged = Buffer.concat([bytes.subarray(0, at + 1), bytes.subarray(at + 2)])
    const found = await readText(format, damaged)
    expect(found.records.map(({ title }) => title)).toEqual([...WORDS.slice(0, -1), '\uFFFDrger'])
    expect(found.repairs).toEqual([DAMAGED])
  },
)

test.each(Object.entries(PLAIN))(
  '%s: a NUL byte is removed, and reported',
  async (format, write) => {
    const found = await readText(format, write('A stu\0dy', 'Ann', 0))
    expect(found.records[0]?.title).toBe('A study')
    expect(found.repairs).toEqual(['NUL characters were removed'])
  },
)

/** Formats in XML, which states its encoding. */
const XML: Record<string, (title: string) => string> = {
  'endnote-xml': (title) =>
    `<xml><records><record><rec-number>1</rec-number><ref-type name="Journal Article">17</ref-type><titles><title>${title}</title></titles></record></records></xml>`,
  jats: (title) =>
    `<article><front><article-meta><article-id pub-id-type="doi">10.1000/x.1</article-id><title-group><article-title>${title}</article-title></title-group></article-meta></front></article>`,
  'acl-anthology': (title) =>
    `<collection id="2025.acl"><volume id="long"><meta><booktitle>B</booktitle></meta><paper id="1"><title>${title}</title></paper></volume></collection>`,
  'arxiv-atom': (title) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv</title><entry><id>http://arxiv.org/abs/2501.00001v1</id><published>2025-01-01T00:00:00Z</published><title>${title}</title></entry></feed>`,
}

const declared = (encoding: string, xml: string) =>
  `<?xml version="1.0" encoding="${encoding}"?>\n${xml}`

const ENCODED: [string, string, (text: string) => Buffer][] = [
  ['windows-1252', WORDS[0] ?? '', toWindows],
  ['ISO-8859-1', 'Größe', (text) => Buffer.from(text, 'latin1')],
  [
    'ISO-8859-2',
    'Łódź',
    (text) => Buffer.from(text.replace('Ł', '\xa3').replace('ź', '\xbc'), 'latin1'),
  ],
  ['UTF-8', WORDS[1] ?? '', (text) => Buffer.from(text)],
]

test.each(
  Object.entries(XML).flatMap(([format, write]) =>
    ENCODED.map(([encoding, title, encode]) => ({ format, write, encoding, title, encode })),
  ),
)(
  '$format in $encoding is read as declared',
  async ({ format, write, encoding, title, encode }) => {
    const found = await readText(format, encode(declared(encoding, write(title))))
    expect(found.records.map((record) => record.title)).toEqual([title])
    expect(found.repairs).toEqual([])
  },
)

test.each(Object.entries(XML))(
  '%s: other bytes are reported, an unknown encoding is refused',
  async (format, write) => {
    const found = await readText(format, Buffer.from(write('Gr\xf6\xdfe'), 'latin1'))
    expect(found.records[0]?.title).toBe('Gr\uFFFD\uFFFDe')
    expect(found.repairs).toEqual(['it contains unreadable characters (U+FFFD)'])
    await expect(readText(format, declared('x-unheard-of', write('Plain')))).rejects.toThrow(
      'the unknown encoding x-unheard-of',
    )
  },
)

test.each(
  Object.entries(XML).flatMap(([format, write]) =>
    [
      ['ISO-8859-1', 'Größe'],
      ['windows-1252', 'Łódź – Größe'],
      ['ISO-8859-2', 'Größe'],
      ['windows-1251', 'Größe'],
      ['KOI8-R', 'Труд'],
      ['GBK', '论文'],
      ['EUC-JP', '論文'],
    ].map(([encoding = '', title = '']) => ({ format, write, encoding, title })),
  ),
)(
  '$format: UTF-8 that is declared as $encoding is read as such, and reported',
  async ({ format, write, encoding, title }) => {
    const found = await readText(format, declared(encoding, write(title)))
    expect(found.records.map((record) => record.title)).toEqual([title])
    expect(found.repairs).toEqual([OTHER])
  },
)

test('in XML of two encodings, only records that are not in the declared one are reported', async () => {
  const record = (title: string) =>
    `<record><ref-type name="Book">6</ref-type><titles><title>${title}</title></titles></record>`
  const bytes = Buffer.concat([
    Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><xml><records>${record('Plain')}`),
    Buffer.from(record('Größe'), 'latin1'),
    Buffer.from(record('Älter')),
    Buffer.from(record('Öl'), 'latin1'),
    Buffer.from('</records></xml>'),
  ])
  const found = await readText('endnote-xml', bytes)
  expect(found.records.map(({ title }) => title)).toEqual(['Plain', 'Größe', 'Älter', 'Öl'])
  expect(found.repairs).toEqual([OTHER])
})

/** In GBK; its bytes are also two characters of UTF-8. */
test('two characters of two bytes are read as declared', async () => {
  const write = XML['endnote-xml'] as (title: string) => string
  const [before = '', after = ''] = declared('GBK', write('|')).split('|')
  const bytes = Buffer.concat([
    Buffer.from(before),
    Buffer.from('d2bbc6ac', 'hex'),
    Buffer.from(after),
  ])
  expect((await readText('endnote-xml', bytes)).records[0]?.title).toBe('一片')
  const found = await readText(
    'bibtex',
    inBibtex('% Encoding: GBK', Buffer.from('d2bbc6ac', 'hex')),
  )
  expect(found.records[0]?.title).toBe('一片')
})

/** Declarations at the start of BibTeX files, a word, and its bytes. */
const DECLARATIONS: [comment: string, word: string, bytes: string][] = [
  ['% Encoding: ISO8859_1', 'Größe', '4772f6df65'],
  ['% Encoding: Cp1252', 'Größe – Maß', '4772f6df652096204d61df'],
  ['% Encoding: windows-1252', 'Größe – Maß', '4772f6df652096204d61df'],
  ['% Encoding: ISO8859_2', 'Łódź', 'a3f364bc'],
  ['% Encoding: ISO8859_15', 'œuvre €', 'bd7576726520a4'],
  ['% -*- coding: latin-9-unix -*-', 'œuvre €', 'bd7576726520a4'],
  ['% -*- mode: bibtex; coding: iso-8859-2 -*-', 'Łódź', 'a3f364bc'],
  ['% !TeX encoding = ISO-8859-2', 'Łódź', 'a3f364bc'],
  ['% Encoding: MacRoman', 'Größe', '47729aa765'],
  ['% Encoding: SJIS', '論文', '985f95b6'],
  ['% Encoding: EUC_JP', '論文', 'cfc0cab8'],
  ['% Encoding: ISO-2022-JP', '論文', '1b24424f404a381b2842'],
  ['% Encoding: EUC_KR', '논문', 'b3edb9ae'],
  ['% Encoding: GBK', '论文', 'c2dbcec4'],
  ['% Encoding: Big5', '論文', 'bdd7a4e5'],
  ['% Encoding: KOI8_R', 'Труд', 'f4d2d5c4'],
]

const inBibtex = (comment: string, title: Buffer) =>
  Buffer.concat([
    Buffer.from(
      `% This file was created with JabRef 2.10.\n${comment}\n\n@article{k,\n  title = {`,
    ),
    title,
    Buffer.from('},\n  author = {Bee, Ann}\n}\n'),
  ])

test.each(DECLARATIONS)(
  'bibtex: the declared encoding is used: %s',
  async (comment, word, bytes) => {
    const found = await readText('bibtex', inBibtex(comment, Buffer.from(bytes, 'hex')))
    expect(found.records.map(({ title }) => title)).toEqual([word])
    expect(found.repairs).toEqual([])
  },
)

test.each(DECLARATIONS)(
  'bibtex: UTF-8 is read as such, and reported: %s',
  async (comment, word) => {
    const found = await readText('bibtex', inBibtex(comment, Buffer.from(word)))
    expect(found.records.map(({ title }) => title)).toEqual([word])
    expect(found.repairs).toEqual([OTHER])
  },
)

test.each([
  ['% Encoding: UTF8', [WINDOWS]],
  ['% Encoding: UTF-8', [WINDOWS]],
  ['% Encoding: x-unheard-of', [WINDOWS]],
  ['% Encoding: GBK', [DAMAGED]],
])(
  'bibtex: bytes that differ from the declared encoding are reported: %s',
  async (comment, told) => {
    const bytes = comment.includes('GBK') ? 'fffe81' : '4772f6df65'
    const found = await readText('bibtex', inBibtex(comment, Buffer.from(bytes, 'hex')))
    expect(found.records).toHaveLength(1)
    expect(found.repairs).toEqual(told)
  },
)

test.each([
  ['utf-16le', 'fffe'],
  ['utf-16be', 'feff'],
  ['utf-32le', 'fffe0000'],
  ['utf-32be', '0000feff'],
] as const)('%s is recognised by its mark, wherever the text is split', (encoding, mark) => {
  const text = 'Größe 論文 \u{1F4DE}.'
  const units = [...text].flatMap((sign) =>
    encoding.startsWith('utf-32')
      ? [sign.codePointAt(0) ?? 0]
      : Array.from({ length: sign.length }, (_, i) => sign.charCodeAt(i)),
  )
  const size = encoding.startsWith('utf-32') ? 4 : 2
  const bytes = Buffer.alloc(units.length * size)
  units.forEach((unit, i) => {
    if (encoding.endsWith('le')) bytes.writeUIntLE(unit, i * size, size)
    else bytes.writeUIntBE(unit, i * size, size)
  })
  const all = Buffer.concat([Buffer.from(mark, 'hex'), bytes])
  expect(wideEncodingOf(all)).toBe(encoding)
  for (let step = 1; step < 8; step++) {
    const decode = wideDecoder(encoding)
    let read = ''
    for (let at = 0; at < all.length; at += step) read += decode(all.subarray(at, at + step))
    expect(read + decode(null)).toBe(text)
  }
})

test('single-byte text has no two-byte mark', () => {
  expect(wideEncodingOf(Buffer.from('@article{k}'))).toBeNull()
  expect(wideDecoder('utf-32le')(Buffer.from('00d80000', 'hex'))).toBe('\uFFFD')
})
