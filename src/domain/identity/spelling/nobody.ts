import { once } from 'es-toolkit'
import { isCountry } from '../../institutions/country.ts'
import { nameKey } from '../../record/title-key.ts'
import { GIVEN_NAMES } from '../counts/names.ts'

/** Labels and defaults of forms that were not filled in. */
const PLACEHOLDER =
  /\b(?:(?:first|last|family|given|full|middle|no|your|user|author) ?names?|first last|sur ?name|(?:john|jane) doe|some(?:one| (?:body|one|person))|(?:super ?)?admin(?:istrator)?|test (?:test|user|author|person)|author (?:one|two|[ab])|(?:the|first|second|third|corresponding|senior|main) authors?)\b/i
/** Example names in forms of many languages, in the spelling of `nameKey`. */
const STAND_IN =
  /^(?:a u thor|a n other|(?:joe|fred) (?:bloggs|public)|(?:jane|john|richard) [dr]oe|\p{L}+ muster(?:mann|frau)|otto normalverbraucher|(?:ola|kari) nordmann|(?:matti|maija) meikalainen|(?:vor|nach)name (?:vor|nach)name|prenom nom|nom prenom|nombres? apellidos?|nome (?:cognome|sobrenome)|imie nazwisko|voornaam achternaam|nomen nescio|n n|(?:fulano|mengano|zutano)(?: de tal)?|lorem ipsum|foo bar|(?:f|first)(?: [a-z])? last|imya familiya)$/u
/** Words in bylines that do not name a person. "Al" alone is not among them: it is part of many Arabic names. */
const NOBODY =
  /\b(?:anonym(?:ous|i[sz]ed)|unknown|unnamed|none|editors?|review(?:s|ers?)?|various|others|et\.? al|tba|tbd|n\/a|double[- ]blind|withdrawn|redacted|submissions?|editorial|staff)\b/i
/** The same in scripts without spaces between words, and words that never occur in names. */
const NOBODY_THERE =
  /匿名|^[佚無无]名氏?$|作者|著者|不[详詳明]$|^未知|名無し|^[姓氏]名$|[编編][辑輯集](?:部|委[员員])|^本刊|^(?:익명|미상)|(?:^| )(?:무명씨|저자|작자|편집부|알 수 없음)(?: |$)|ไม่ระบุ|ไม่ทราบ|ผู้แต่ง|นิรนาม/u
/** The same in Vietnamese, with accents, because Võ Danh is a person. */
const NOBODY_IN_VIETNAMESE =
  /(?:^| )(?:không (?:rõ|biết)|chưa rõ|vô danh|khuyết danh|ẩn danh|nặc danh|tác giả|ban biên tập|khong ro)(?: |$)/u

/**
 * Words for authors, unknown people, editors, accounts and remarks. A name that consists of them only is not a person; beside other words, Autor and
 * Неизвестный are family names.
 */
const SAYING_NOBODY = `
  author authors autor autora autore autores autori autoren auteur auteurs auctor verfasser verfasserin schrijver forfatter författare tekijä kirjoittaja szerző szerzők autorius yazar yazarı penulis pengarang pisatelj аутор
  unknown unbekannt unbekannte unbekannter inconnu inconnue inconnus desconocido desconocida desconocidos desconhecido desconhecida sconosciuto sconosciuta ignoto onbekend onbekende okänd okänt ukjent ukendt tuntematon ismeretlen nieznany nieznana neznámý neznámy neznan nepoznat nepoznati necunoscut nežinomas nezināms tundmatu bilinmeyen bilinmiyor diketahui
  anonymous anonym anonyme anonymes anonymer anonymus anónimo anónima anónimos anônimo anônima anonimo anonima anoniem anonieme anonyymi anonim anonimi névtelen nimetön isimsiz anonimas incognito
  rédaction redaktion redaktionen redaccion redacción redação redazione redactie redaksjonen redaksjon redakcja redakce redakcija szerkesztőség toimitus redacția redaksi editorial herausgeber éditeur éditeurs editores
  deleted removed account user users cuenta usuario utilisateur benutzer konto contribution contributions contributed
  автор автора авторы авторов автори аноним анонимный анонимен анонім неизвестен неизвестный неизвестно невідомий невідомо непознат редакция редакции редколлегия редакція ανώνυμος ανώνυμη άγνωστος συγγραφέας συντακτική
  مجهول مؤلف المؤلف مؤلفون المؤلفون معروف التحرير ناشناس نویسنده نامعلوم אנונימי מחבר ידוע המערכת अज्ञात लेखक अनाम অজ্ঞাত`
/** Words that may accompany these. */
const BESIDE = `
  no sin sem sans ohne senza zonder utan uden uten ilman bez fără nélkül kein keine aucun ningún nessun nenhum geen ingen tanpa tidak без غير بدون بلا هيئة الهوية לא ללא
  the la le les el los der die das il lo gli os den det een het of de du des di del do da comité comitato consejo conseil guest equal equally joint first co shared these both board επιτροπή`
/** Editorial boards, followed by the name of the journal: "Redaktion Zeitschrift für Physik". */
const EDITORIAL_BOARD =
  /^(?:(?:the|die|la|le|el|il|de) )?(?:redaktion(?:en)?|redaction|redaccion|redacao|redazione|redactie|redaksjon(?:en)?|redakcja|redakce|redakcija|redakcio|szerkesztoseg|toimitus|toimituskunta|redactia|redaksi|schriftleitung|editorial (?:board|team|office|committee|staff)|comite (?:de redaction|editorial)|comitato (?:di redazione|editoriale)|comissao editorial|редакция|редколлегия|редакционная коллегия|редакція|редколегія|редакцията)(?: |$)/u
/** Labels of forms for parts of a name. */
const OF_FORMS =
  'given family first middle last name surname forename firstname lastname nom prénom nombre apellido apellidos'

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []

const sayingNobody = once(() => new Set(wordsOf(SAYING_NOBODY)))
const beside = once(() => new Set(wordsOf(BESIDE)))
const ofForms = once(() => new Set(wordsOf(OF_FORMS)))

/** Whether no word of a text is part of a person's name. */
function saysNobody(printed: string): boolean {
  const words = wordsOf(printed)
  const only = (set: ReadonlySet<string>) => words.every((word) => set.has(word))
  if (words.length > 1 && only(ofForms())) return true
  const rest = words.filter((word) => !beside().has(word))
  return rest.length > 0 && rest.every((word) => sayingNobody().has(word))
}

/** Middle initials, which example names also have. */
const MIDDLE = / \p{L}(?= )/gu

/** Whether a name is a placeholder or a remark. */
export function isNobody(printed: string): boolean {
  if (PLACEHOLDER.test(printed) || NOBODY.test(printed)) return true
  const key = nameKey(printed)
  return (
    [key, key.replace(MIDDLE, '')].some((one) => STAND_IN.test(one)) ||
    EDITORIAL_BOARD.test(key) ||
    NOBODY_THERE.test(printed.normalize('NFC')) ||
    NOBODY_IN_VIETNAMESE.test(printed.normalize('NFC').toLowerCase()) ||
    saysNobody(printed)
  )
}

/** Names of countries, in some language, that are also given names. They count as countries only after one of their cities. */
const GIVEN_COUNTRIES = new Set(
  'albania argentina armenia aruba australia austria brazil chad chile chili china chine colombia cuba cyprus dominica dominique france georgia ghana granada grecia grenada guadalupe india ira iran ireland irlanda islandia israel israele italia jamaica jamaika jersey jordan kenia kenya kuba lebanon liban libano libia mali malta malte martinica martinique maurice mauricio mexico montserrat nepal norfolk oman peru polonia salvador samoa siria sudan syria togo tonga venezuela'.split(
    ' ',
  ),
)
const THEIR_CITIES = new Set(
  'paris lyon grenoble toulouse marseille nice nantes lille rennes bordeaux strasbourg montpellier saclay new delhi delhi mumbai bangalore bengaluru hyderabad chennai kolkata pune kanpur beijing shanghai shenzhen hangzhou nanjing guangzhou wuhan hong kong jerusalem haifa tel aviv amman nairobi dublin galway tbilisi atlanta bamako havana sao paulo rio de janeiro campinas buenos aires muscat santiago lima bogota mexico city london cambridge oxford edinburgh glasgow manchester bristol leeds sheffield birmingham southampton nottingham dubai abu dhabi sharjah melbourne sydney canberra brisbane adelaide perth vienna wien graz linz tehran isfahan beirut kathmandu accra yerevan tirana roma milano torino bologna'.split(
    ' ',
  ),
)

/** Countries that look like initials: Rao, UK. */
const SHORT_COUNTRIES = new Set(['UK', 'UAE'])

/** Whether a name is a city and its country, "Zürich, Switzerland", and not a family and a given name, "Gagnon, France". */
export function isPlace(printed: string): boolean {
  const [city = '', country = '', ...more] = printed.split(',').map((part) => part.trim())
  if (more.length > 0 || country === '') return false
  const isShort = SHORT_COUNTRIES.has(country)
  if (!isShort && !isCountry(country)) return false
  const key = nameKey(country)
  if (!isShort && !GIVEN_COUNTRIES.has(key) && !GIVEN_NAMES.has(key)) return true
  return nameKey(city)
    .split(' ')
    .every((word) => THEIR_CITIES.has(word))
}
