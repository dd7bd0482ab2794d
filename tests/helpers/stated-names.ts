/** A name as a source states it in parts. */
export interface StatedParts {
  family: string
  given: string
  suffix: string
}

const GIVENS = ['Andrea', 'A.', 'J. R. R.', 'Jean-Luc', 'María José', 'Anh Thu', 'Ó', 'Łucja']

/** Family names of one word and of several, with particles within and before them, and with words that are suffixes elsewhere. */
const FAMILIES = [
  ...['Li', 'Lovelace', 'Müller', 'O’Brien', "D'Arcy", 'Saint-Exupéry', 'al-Khwarizmi', 'hooks'],
  ...['Cozzi Lepri', 'Lacerda Filho', 'Pinheiro Junior', 'García Márquez', 'St. Clair'],
  ...['Ó Briain', 'Le Roy Ladurie', 'Van Durme', 'Mac Lane', 'ben Ali', 'Van Nguyen'],
  ...['van der Maaten', 'de la Cruz y Vega', 'von Mises', "d'Alembert", 'Żółć Nowak'],
  ...['Bonneau de Beaufort', 'Nascimento e Silva', 'Abd El Fattah', 'Fernández-Juricic Ruiz'],
]

const SUFFIXES = ['', '', '', 'Jr.', 'III', 'Sr.']

/** Every family name with several given names. */
export const STATED_NAMES: StatedParts[] = FAMILIES.flatMap((family, i) =>
  GIVENS.flatMap((given, j) =>
    (i + j) % 2 === 0 ? [{ family, given, suffix: SUFFIXES[(i + j * 3) % 6] ?? '' }] : [],
  ),
)

/** Names that are written without a space, the family name first. */
export const EAST_ASIAN_NAMES: StatedParts[] = [
  { family: '毛', given: '泽东', suffix: '' },
  { family: '欧阳', given: '修', suffix: '' },
  { family: '김', given: '민준', suffix: '' },
  { family: 'さとう', given: 'ゆき', suffix: '' },
]

export const printedName = ({ family, given, suffix }: StatedParts): string =>
  /^[ -\u{24f}]/u.test(family) || /^\p{Script=Latin}/u.test(family)
    ? [given, family, suffix].filter(Boolean).join(' ')
    : family + given
