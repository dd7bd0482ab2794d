import { isCommonGiven } from '../identity/counts/common-names.ts'
import { FAMILY_NAMES, GIVEN_NAMES } from '../identity/counts/names.ts'

/** Words of groups in English and languages with similar words, spelt as `nameKey` does. Bank, Gruppe and Banco alone are family names. */
const OF_GROUPS =
  /\b(?:academ(?:y|ia|ie)|administration|agency|akadem(?:ie|ia|ija)|alliance|associated press|association|authority|cent(?:er|re)s?|collaborations?|college|commission|committee|community|company|consortium|consortia|contributors|corp|corporation|council|department|federation|foundation|fundacion|gmbh|group|hospital|inc|initiative|institut(?:e|es|et|o|ul|t)?|investigators|laborator(?:y|ies)|labs?|llc|ltd|ministry|network|organi[sz]ations?|organi[sz]ers|participants|program(?:me)?|project|research|school|sociedade?|societ(?:y|ies|e|a)|task force|teams?|united nations|univ|universi(?:ty|ties|tat|ta|te|dad|dade|teit|tatea|tas|tet|tetet|tesi)|univerz(?:ita|itet|a)|uniwersytet|workshop|\p{L}{3,}(?:amt|anstalt|gemeinschaft|gesellschaft|kommission|ministerium|verband|verein))\b/u
/** Words of groups in other languages in Latin script. L'Hôpital and Ospedale are family names, too. */
const OF_GROUPS_ELSEWHERE =
  /\b(?:asociacion|associa[cz](?:ao|ione)|banque(?= )|bundesbank|landesbank|sparkasse|(?:central|deutsche|development|federal|investment|national|reserve|state|world) bank|banco (?:central|de|do)|banca d|bank (?:of|for)|bibliothek|bibliotheque|comissao|commissione|conseil|consiglio|dai hoc|departamento|dipartimento|ecole|egyetem|facultad|faculdade|faculte|faculty|fakult(?:at|et|esi)|fondation|fondazione|fundacao|gesellschaft|hochschule|hogeschool|hogskolan?|hopital (?:d|de|du|general|universitaire)|ospedale (?:civile|di|maggiore|universitario)|instituut|instytut|intezet|istituto|enstitusu|kementerian|klinikum|krankenhaus|laboratoi?r(?:es?|io|ium)|minist(?:erio|ere|ero|erie|erium|erstvo|erstwo|erul)|bakanligi|museum|ngan hang|observatory|organiza(?:cion|cao|cja)|organizzazione|organisatie|polit(?:ecnic[ao]|echnika|ehnica)|polytechni(?:c|que)|stiftung|stichting|ulikool|universitesi|yliopisto|ziekenhuis)\b|^un (?:climate|environment|global|habitat|tourism|water|women)\b/u
/** Words of groups in other scripts. 李学会 and Компаниец are people. */
const OF_GROUPS_IN_OTHER_SCRIPTS =
  /(?<!\p{L})(?:университет|институт|министерств|міністерств|університет|інститут|лаборатори|факультет|организаци|ассоциаци|федераци|комитет|агентств|коллектив)\p{L}{0,3}(?!\p{L})|(?<!\p{L})(?:академи[яию]|компани[яию]|\p{L}+(?:ыи|ии|ои) банк|центр|фонд|общество|больница|колледж|جامعة|معهد|وزارة|بنك|مصرف|موسسة|مستشفى|كلية|اكاديمية|شركة|دانشگاه|אוניברסיט[הת]|מכון|משרד|विश्वविद्यालय|संस्थान)(?!\p{L})|มหาวิทยาลัย|ธนาคาร|กระทรวง|สถาบัน|株式会社|有限公司|委[员員][会會]|振興会|\p{Script=Han}{2,}(?:大[学學]|[学學]院|科[学學]院|研究[院所室]|[实實][验驗]室|[银銀]行|[医醫病]院|公司|[协協][会會]|[学學][会會]|基金[会會]|[财財][团団團]|中心|集[团團]|出版社|[课課][题題][组組])$|^教育部$|\p{Script=Hangul}{2,} ?(?:대학교|대학|대학원|연구소|연구원|연구실|은행|병원|학회|협회|재단|위원회|회사)$/u

/** Whether a name, spelt as `nameKey` does, is that of a group or an organisation and not of a person. */
export const isGroupName = (key: string): boolean =>
  (OF_GROUPS.test(key) && !isOfPerson(key)) ||
  OF_GROUPS_ELSEWHERE.test(key) ||
  OF_GROUPS_IN_OTHER_SCRIPTS.test(key)

/** Names that end in a word of groups that is also a family name. */
const FAMILIES =
  /^(.+) (?:cent(?:er|re)s?|college|council|foundation|group|hospital|labs?|school|society|teams?)$/
/** Whether a word of groups, as `nameKey` writes it, is the family name of people. */
export const isFamilyToo = (word: string): boolean => FAMILIES.test(`a ${word}`)

/** Places and articles before such a word that look like given names or initials. */
const AREAS = new Set([
  ...['u s', 'u k', 'u n', 'e u', 'a', 'adelaide', 'austin', 'carolina', 'charlotte', 'florence'],
  ...['georgia', 'jordan', 'madison', 'regina', 'santa', 'san', 'savannah', 'victoria', 'virginia'],
])

/**
 * Whether a name with a word of groups, spelt as `nameKey` does, is that of a person: `Sharon A. Center`, `Mary Council`, but not
 * `Carter Center`. Each word before the last must be a given name or an initial.
 */
export function isOfPerson(key: string): boolean {
  const given = FAMILIES.exec(key)?.[1] ?? ''
  const words = given.split(' ')
  if (given === '' || words.length > MOST_GIVEN || AREAS.has(given)) return false
  return words.every(isGivenOrInitial)
}

/** Whether a word before a family name is a frequent given name, or an initial. */
export const isGivenOrInitial = (word: string): boolean =>
  /^[a-z]$/.test(word) || isRatherGiven(word)

const MOST_GIVEN = 3

/** Frequent given names that the tables lack, because few authors have them. */
const GIVEN_BESIDE = new Set(
  'allison alicia anke annette audrey bernice beth beverly brittany carrie charlene cheryl colleen danielle darlene debbie denise diana doris edith edna eileen elaine eleanor erica erin ernst ethel franz fritz gail geraldine gertrude gisela glenda gustav heidi herbert jeanne jill joann josephine juanita jutta katie konrad kristen kristin kurt laurie leslie lillian lois lori lorraine lucille maureen melanie mercedes mildred nellie norma otto patricia pauline peggy phyllis renee rhonda roberta rosemary sally shannon sheila silke sue suzanne sylvia tamara theresa thelma tiffany tina tracy ulrike vanessa veronica vivian wanda wendy wilma yolanda yvonne'.split(
    ' ',
  ),
)

/** Lewis and Wilson are rather family names: the Wilson Center is no Wilson. */
const isRatherGiven = (word: string) =>
  GIVEN_BESIDE.has(word) ||
  (isCommonGiven(word) && (GIVEN_NAMES.get(word) ?? 0) >= (FAMILY_NAMES.get(word) ?? 0))
