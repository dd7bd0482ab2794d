import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { collaborationKey } from '../../../src/domain/identity/collaboration.ts'
import { nameBlock } from '../../../src/domain/identity/name-block.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** Texts in bylines in the place of a name, by kind, made from a personal name. */
const KINDS: Record<string, (given: string, family: string) => string[]> = {
  'one-letter names': (given, family) => [
    ...[given, family].flatMap((word) => [word.charAt(0), `${word.charAt(0)}.`]),
    `${given.charAt(0)}. ${family.charAt(0)}.`,
  ],
  'single words': (given, family) => [given, family, `${given}-${family}`],
  organisations: (given, family) => [
    ...[`${family} Institute`, `The ${family} Collaboration`, `${given} ${family} Team`],
    ...[`${family} University`, `University of ${family}`, `${given} Research`, `${family} Labs`],
    ...['Deutsche Forschungsgemeinschaft', 'Statistisches Bundesamt', 'Associated Press'],
    ...[`Universidad ${family}`, `${given} ${family}gesellschaft`, `${family} Academy`],
    ...[`${family} Ltd.`, `${given} ${family} Foundation`, `${family} Medical School`],
    ...[`${family} AI`, `${given}${family.toLowerCase()} AI`, `${family} AGI`, `AI ${family}`],
  ],
  nobody: (given, family) => [
    ...['Anonymous', 'ANONYMOUS', 'et al.', 'et al', 'others', 'Unknown', 'N/A', '-', '?', '—'],
    ...[`Anonymous ${family}`, `${given} ${family} et al.`, `${given} ${family} et. al`],
    ...['Anonymous Author(s)', 'Paper under double-blind review', `${given} ${family} and others`],
    ...[
      'Double Blind',
      'Withdrawn Submission',
      'Redacted Author',
      'Editorial Board',
      'Staff Writer',
    ],
  ],
  placeholders: () => [
    ...['First Last', 'Firstname Lastname', 'First Name Last Name', 'Firstname Surname', 'No Name'],
    ...[
      'Given Name',
      'Your Name',
      'Author Name',
      'John Doe',
      'Jane Doe',
      'Some Person',
      'Some One',
    ],
    ...['Test Test', 'Test Author', 'Admin User', 'Super Admin', 'Author One', 'Author B'],
  ],
  'two scripts': (given, family) => [
    `${given} ${family} 张伟`,
    `张伟 (${given} ${family})`,
    `${given} ${family} Алексей`,
    `${given} 伟`,
  ],
  'in capitals that may be initials, an organisation or two people': (given, family) =>
    [
      ...[`${family} Z`, `${family} ZM`, `${family} ZMQ`, `${family} JO`, `Jo ${family}`, 'Li W'],
      ...['Wu XL', 'Li Na', 'JP Serre', 'Kim JS', 'NASA JPL', 'CERN LHC', `${given} and ${family}`],
      ...[`${family} Institute`, `${given} ${family} Team`, `${given} AI`, 'Google Deepmind'],
    ].map((name) => name.toUpperCase()),
  addresses: (given, family) => [
    `${given} ${family} <z@example.org>`,
    `${given} ${family} (z at example)`,
    `${given.toLowerCase()}.${family.toLowerCase()}@example.org`,
    `${given} ${family} mailto:z`,
    `${given} ${family} https://example.org`,
  ],
  numbers: (given, family) => [
    ...[
      `${given} ${family} 0001`,
      `${given} ${family}1`,
      `${given} ${family} 1,2`,
      `${given} ${family}²`,
    ],
    ...[`${given} ${family}*`, `${given} ${family}†`, `1. ${given} ${family}`],
  ],
  brackets: (given, family) => [
    `${given} ${family} (Google)`,
    `${given} ${family} [MIT, Cambridge]`,
    `${given} ${family} {ETH}`,
  ],
  'of a company': (given, family) => [
    ...['Google DeepMind', 'Hugging Face', 'Tencent Hunyuan', 'Nvidia Cosmos', 'Gemini Robotics'],
    `OpenAI ${given} ${family}`,
  ],
  'standing in for a name': () => [
    ...['A. U. Thor', 'Thor, A. U.', 'A. N. Other', 'Joe Bloggs', 'Max Mustermann', 'Jane Roe'],
    ...['Vorname Nachname', 'Nachname, Vorname', 'Prénom Nom', 'NOM Prénom', 'Nombre Apellido'],
    ...['Nome Cognome', 'Nome Sobrenome', 'Imię Nazwisko', 'Voornaam Achternaam', 'Foo Bar'],
    ...['First Last', 'First M. Last', 'F. Last', 'Lorem Ipsum', 'Nomen Nescio', 'N. N.', '姓名'],
    ...['First Author', 'The Authors', 'Corresponding Author'],
  ],
  'nobody in other languages': () => [
    ...['Sin autor', 'Autor desconocido', 'Auteur inconnu', 'Verfasser unbekannt', 'Ohne Autor'],
    ...['Autore sconosciuto', 'Autor desconhecido', 'Onbekende auteur', 'Okänd författare'],
    ...['Ukjent forfatter', 'Tuntematon tekijä', 'Ismeretlen szerző', 'Nieznany autor'],
    ...['Autor neznámý', 'Bilinmeyen Yazar', 'Tidak diketahui', 'Không rõ', 'Tác giả vô danh'],
    ...['Без автора', 'Автор неизвестен', 'Неизвестный автор', 'Невідомий автор'],
    ...['Άγνωστος συγγραφέας', 'مجهول المؤلف', 'غير معروف', 'מחבר לא ידוע', 'अज्ञात लेखक'],
    ...['匿名', '无作者', '佚名', '無名氏', '著者不明', '익명', '작자 미상', 'ไม่ทราบชื่อ ผู้แต่ง'],
    ...['La Rédaction', 'Die Redaktion', 'La Redacción', 'Redakcja', 'Comité editorial'],
    ...['Редакция', '本刊编辑部', '編集部', '편집부', 'Ban biên tập'],
  ],
  'of a form or an account': (given) => [
    ...['Given Family', 'Family Given', 'Name Surname', 'First Middle Last', 'Deleted Account'],
    ...['Deleted User', 'Equal contribution', 'These authors contributed equally', 'Guest User'],
    ...['Max M. Mustermann', 'Erika Musterfrau', `${given} Mustermann`],
  ],
  'organisations in other languages': (_, family) => [
    ...['UN Women', 'UN Habitat', 'Deutsche Bank', 'Bank of England', 'Banco de España'],
    ...['Banque de France', 'World Bank', `Università di ${family}`, `École ${family}`],
    ...[`Uniwersytet ${family}`, `Univerzita ${family}`, `${family} Üniversitesi`],
    ...[`Politecnico di ${family}`, `Hochschule ${family}`, `${family}i Egyetem`],
    ...[`Ministerio de ${family}`, `Istituto ${family}`, `Fondazione ${family}`],
    ...['Đại học Bách khoa', 'Ngân hàng Nhà nước', 'Московский университет', 'Академия наук'],
    ...['Министерство финансов', 'Центральный банк', 'Институт физики', 'جامعة القاهرة'],
    ...['وزارة الصحة', 'אוניברסיטת תל אביב', 'मुंबई विश्वविद्यालय', 'จุฬา มหาวิทยาลัย'],
    ...['清华大学', '東京大学', '中国科学院', '中国银行', '国家自然科学基金委员会', '教育部'],
    ...['日本学術振興会', '株式会社 日立', '서울대학교', '한국은행', '한국전자통신연구원'],
  ],
  places: () => [
    ...['Zürich, Switzerland', 'Kleve, Germany', 'Wien, Österreich', 'Paris, France', 'London, UK'],
    ...['Tokyo, Japan', 'Москва, Россия', 'Tel Aviv, Israel', 'Madrid, España', 'New York, USA'],
    ...['Cambridge, United Kingdom', 'Bangalore, India', 'Genève, Suisse', 'Beijing, China'],
  ],
  'with a degree or initials': (given, family) => [
    `${given} ${family}, MD`,
    `${given} ${family}, M.S.`,
  ],
  'several in one': (given, family) => [
    `${given} ${family} and Ada Quimby`,
    `${given} ${family} & Ada Quimby`,
    `${family}, ${given}; Quimby, Ada`,
    `${given} ${family}, Ada Quimby, Bo Li`,
  ],
}

const PEOPLE: [given: string, family: string][] = [
  ['Zebulon', 'Quirrell'],
  ['Ottoline', 'Brentwick'],
]
const CASES = Object.entries(KINDS).flatMap(([kind, make]) =>
  PEOPLE.flatMap((person) => make(...person).map((name): [string, string] => [kind, name])),
)

test.each(CASES)('%s: %j is not compared with the names of people', (_, name) => {
  const group = collaborationKey(name)
  expect(nameBlock(name, 3)).toBe(group === null ? '' : `# ${group}`)
})

test.each([
  ...['Ahmed Al Mamun', 'Rami Al-Rfou', 'José García-Martín', "Conan O'Brien", 'D’Arcy Thompson'],
  ...['Zebulon Quirrell', 'Z. Quirrell', 'Quirrell, Zebulon', 'Martin Luther King, Jr.'],
  ...[
    'Gagnon, France',
    'Rao, UK',
    'Miéville, China',
    'Jordan, Michael',
    'Helmert, Malte',
    'Lucas, Salvador',
  ],
  ...['David Autor', 'A. Autor', 'Эрнст Неизвестный', 'Пётр Компаниец', 'Võ Danh', 'Ruth First'],
  ...[
    'Carlos Guestrin',
    'Edgar Guest',
    'Dirk Bank',
    'Otto Gruppe',
    '李学会',
    '王大学',
    'Given Mabunda',
  ],
  ...['ZEBULON QUIRRELL', 'QUIRRELL, ZEBULON', 'ZEBULON M QUIRRELL', 'Z. QUIRRELL', 'Z QUIRRELL'],
  ...['J.P. QUIRRELL', 'GUSTAV ÅKERLIND', 'ANN VAN DER QUIRRELL', 'QUIRRELL, Z. M.', 'KIM JIN SOO'],
  ...['XIAOMING LI', 'WEI ZHANG', 'JOHN SMITH JR', 'MARTIN LUTHER KING III'],
  ...['Ai Weiwei', 'Qingyao Ai', 'Huawei Shen', 'Zhang, MD', 'van Dijk, M.D.'],
])('%s is', (name) => {
  expect(nameBlock(name, 3)).not.toBe('')
})

test('none of them is ever joined with a person, or with another of them except a collaboration of the same name', async () => {
  const names = [...new Set(CASES.map(([, name]) => name))]
  const paper = (key: string, authors: string[]) =>
    paperRecord({
      ...{ key, title: `Studies of ${key} kinds of sand` },
      authors: authors.map((name) => ({ name, affiliation: 'Sand Lab, Kleve', identifiers: [] })),
    })
  const full = PEOPLE.map((person) => person.join(' '))
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      ...['a', 'b'].map((key) => paper(key, full)),
      ...['c', 'd'].flatMap((key) =>
        names.map((name, i) => paper(`${key}${i}`, [name, `Cora ${key}x${i}`])),
      ),
      paper('e', [...full, ...Array.from({ length: 3000 }, (_, i) => `Member ${lettersOf(i)}`)]),
    ]),
  )
  await settlePeople(t.url)
  const joined = await t.db.query<{ name: string; count: number }>(
    sql`select name, paper_count as count from authors where paper_count > 1 order by name`,
  )
  const isOfPeople = ({ name }: { name: string }) => collaborationKey(name) === null
  expect(joined.filter(isOfPeople)).toEqual(full.toSorted().map((name) => ({ name, count: 2 })))
  const printed = await t.db.query<{ names: string[] }>(
    sql`select array_agg(distinct name) as names from authorships group by author_id having count(*) > 1`,
  )
  for (const { names: own } of printed)
    expect([own, new Set(own.map((name) => collaborationKey(name) ?? name)).size]).toEqual([own, 1])
})

/** Words without digits: `baa`, `bab`, … */
const lettersOf = (i: number) =>
  [...i.toString(26).padStart(3, '0')]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)))
    .join('')
