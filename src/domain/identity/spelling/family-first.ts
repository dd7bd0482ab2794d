import { isCommonGiven } from '../counts/common-names.ts'
import { FAMILY_NAMES, GIVEN_NAMES } from '../counts/names.ts'
import { readWords } from '../counts/read.ts'
import { syllablesOf } from '../counts/syllables.ts'
import { foldJapanese, isRomajiFamily } from './folds.ts'

/** Minimum count of a family name that is recognised when printed first: "Liu Daohuan", "Zhang W". */
const KNOWN_FAMILY = 10
/** Minimum ratio of a word's count as a family name to that as a given name. */
const RATHER_FAMILY = 3

export function isRatherFamily(word: string): boolean {
  const times = FAMILY_NAMES.get(word) ?? 0
  return times >= KNOWN_FAMILY && times >= RATHER_FAMILY * (GIVEN_NAMES.get(word) ?? 0)
}

/** Whether a name is certainly printed family name first, as in China, Vietnam, Japan or Hungary. False for "Li Wei", which may be either. */
export const isFamilyFirst = (first: string, others: readonly string[]): boolean =>
  isChinese(first, others) ||
  isVietnamese(first, others) ||
  [JAPANESE, HUNGARIAN].some((names) => isOfCountry(first, others, names)) ||
  isRarerOfCountry(first, others) ||
  isWithPatronymic(first, others)

/** "Tanaka Hiroshi", "Nagy Péter": a family name of the country, followed by a given name that is not a family name there. */
const isOfCountry = (
  first: string,
  [last = '', ...more]: readonly string[],
  { families, given, fold }: typeof JAPANESE,
): boolean =>
  more.length === 0 &&
  families.has(fold(first)) &&
  !given.has(fold(first)) &&
  given.has(fold(last)) &&
  !families.has(fold(last))

/**
 * "Otsubo Shotaro", "Kovácsházy László": a rarer family name, recognised by its sounds or its ending, followed by a given name of that country only,
 * which is not a family name.
 */
function isRarerOfCountry(first: string, [last = '', ...more]: readonly string[]): boolean {
  if (more.length > 0 || isCommonGiven(first)) return false
  const [own, given] = [foldJapanese(first), foldJapanese(last)]
  if (isRomajiFamily(first) && !LIKE_GIVEN_IN_JAPAN.test(first) && !JAPANESE.given.has(own))
    return JAPANESE.given.has(given) && !JAPANESE.families.has(given)
  const isHungarian = OF_HUNGARY_ALONE.has(last) && !HUNGARIAN.families.has(last)
  return isHungarian && FAMILY_IN_HUNGARY.test(first) && !HUNGARIAN.given.has(first)
}

/** Whether a word is a given name in Japan or Hungary and not a family name. */
export const isGivenThere = (word: string): boolean =>
  OF_HUNGARY_ALONE.has(word) ||
  (JAPANESE.given.has(foldJapanese(word)) && !JAPANESE.families.has(foldJapanese(word)))

/** Endings of given names in Japan: Kosei and Yumeko may precede a family name. */
const LIKE_GIVEN_IN_JAPAN =
  /(?:ko|rou?|suke|hiko|hiro|hito|aki|yuki|(?<!baya|ha|gi|ni)shi|sei|mi|e|ka|na|nori|taka|ya)$/
/** Endings of family names in Hungary: Kovácsházy, Szentgyörgyi, Bánffy. */
const FAMILY_IN_HUNGARY = /.{3}(?:[bdfghjklmnprstvz]y?[yi]|cs|sz|zs|fi)$/

/** "Ivanov Ivan Petrovich": the last word is a patronymic. */
const isWithPatronymic = (first: string, others: readonly string[]): boolean =>
  others.length === 2 &&
  /(?:[eo]v|[iy]n|enko|sk[iy]{1,2}|[eo]va|[iy]na|skaya)$/.test(first) &&
  /(?:[eo]vich|[eo]vna)$/.test(others[1] ?? '')

/** "Liu Daohuan": a frequent family name, followed by a word of two syllables, which cannot be one. */
function isChinese(first: string, [last = '', ...more]: readonly string[]): boolean {
  return (
    more.length === 0 &&
    (isRatherFamily(first) || OF_TWO_SYLLABLES.has(first)) &&
    !FAMILY_NAMES.has(last) &&
    !OF_TWO_SYLLABLES.has(last) &&
    syllablesOf(last) !== null
  )
}

/** Chinese family names of two syllables. */
export const OF_TWO_SYLLABLES = readWords(
  'ouyang shangguan sima zhuge huangfu situ linghu dongfang gongsun murong ximen nangong yuwen xiahou duanmu',
)

/** "Luu Anh Tuan": a family name of Vietnam, followed only by words of given names there. */
function isVietnamese(first: string, others: readonly string[]): boolean {
  const isFamily = OF_VIETNAM.has(first) || (others.length > 1 && ALSO_OF_VIETNAM.has(first))
  return isFamily && others.every((word) => GIVEN_IN_VIETNAM.has(word))
}

/** Family names of Vietnam only, and those that are also names of other countries. */
const OF_VIETNAM = readWords(
  'nguyen tran pham hoang huynh phan vu vo dang bui ngo duong luu dinh truong doan trinh phung kieu quach',
)
const ALSO_OF_VIETNAM = readWords('le do ho ly dao mai cao lam luong to ta thai chu')
/** Middle and given names of Vietnam that are not also family names there. */
const GIVEN_IN_VIETNAM = readWords(`
an anh ba bach bang bao bich binh cam chau chi chien cong cuong dan danh dat diem diep dieu dong duc dung duy duyen gia giang ha hai hang hanh hao hau hien hieu hoa hoai hong
hue hung huong huu huy khai khang khanh kha khiem khoa khoi kien kiet kim lan linh loan loc loi long manh minh my nam nga ngan nghi nghia ngoc nguyet nhan
nhat nhi nhu nhung oanh phong phu phuc phuoc phuong quan quang quoc quy quyen quynh sang si sinh son sy tam tan thang thanh thao thi thien thinh
the tho thoa thu thuan thuc thuong thuy tien tin tinh toai toan tra trang tri trong truc trung tu tuan tung tuyen tuyet uyen van vien viet vinh
vuong vy xuan yen
`)

export const LETTERS_IN_VIETNAM = [...new Set([...GIVEN_IN_VIETNAM].map((word) => word.charAt(0)))]

/** Whether a hyphenated given name is a middle and a given name, as in Vietnam: Thuy-Trang is also printed Thuy. */
export const isApartInVietnam = (family: string, words: readonly string[]): boolean =>
  OF_VIETNAM.has(family) || (RATHER_OF_VIETNAM.has(family) && isOfVietnam(family, words))
/** Names of `ALSO_OF_VIETNAM` that are not names of China. */
const RATHER_OF_VIETNAM = readWords('le do luong dao mai')

/** Whether a name is Vietnamese. Some papers print such names in the order of other countries, or with the last given name only. */
export const isOfVietnam = (family: string, given: readonly string[]): boolean =>
  (OF_VIETNAM.has(family) || ALSO_OF_VIETNAM.has(family)) &&
  given.every((word) => GIVEN_IN_VIETNAM.has(word) || (word.length === 1 && OF_VIETNAM.has(family)))

/** Whether a word is a Vietnamese middle name, which usually precedes the given name. */
export const isMiddleInVietnam = (word: string): boolean => MIDDLE_IN_VIETNAM.has(word)
const MIDDLE_IN_VIETNAM = readWords('ba cong huu ngoc quoc si sy the thi trong van xuan')

const JAPANESE = {
  fold: foldJapanese,
  families: foldedWords(`
abe adachi aizawa akiyama amano ando aoki aoyama arai araki asada asano baba chiba doi ebihara endo fujii fujikawa fujimoto fujimura fujino fujita
fujiwara fukuda fukui fukushima furukawa goto hamada hamaguchi harada hasegawa hashimoto hattori hayashi higuchi hirai hirano hiraoka hirata hirose
homma honda honma hori horiguchi horikawa horiuchi hoshino ichikawa igarashi iida ikeda imai imamura inaba inagaki inoue inui ishibashi ishida
ishiguro ishihara ishii ishikawa ishimaru ishiwatari ishizuka ito iwamoto iwasaki iwata kageyama kameda kamiya kanai kanayama kaneda kaneko kashima
kataoka katayama kato kawaguchi kawahara kawai kawakami kawamoto kawamura kawanishi kawano kawasaki kawashima kawata kikuchi kimura kinoshita
kishimoto kitagawa kitamura kobayashi koike koizumi kojima komatsu komori kondo konishi kono koyama kubo kubota kudo kumagai kurihara kurita kuroda
kurohashi kurokawa kuwabara maeda maruyama masuda matsubara matsuda matsui matsumoto matsumura matsunaga matsuo matsuoka matsushita matsuyama mikami
minami mitsuishi miura miyagi miyahara miyake miyamoto miyata miyazaki miyazawa mizuno mochizuki mori morimoto morishita morita moriyama murakami
muramatsu murata muto nagai nagao nagasawa nagata naito nakagawa nakahara nakai nakajima nakamura nakanishi nakano nakao nakashima nakata nakatani
nakayama nemoto nishida nishihara nishikawa nishimura nishino nishioka nishiyama noda noguchi nomura oba ochiai oda ogata ogawa oguchi ogura ohara
ohashi oishi oka okabe okada okamoto okamura okazaki okubo okuda okumura okuno omori onishi ono onoda ootani osawa oshima ota otake otani otsuka oyama
ozaki ozawa saeki saito sakaguchi sakai sakakibara sakamoto sakata sakuma sakurai sano sasaki sato sawada sawamura sekiguchi sekine shibata shibuya
shimada shimamura shimazaki shimizu shimoda shinohara shirai shiraishi shirakawa sonoda suda sudo suga sugawara sugimoto sugita sugiura sugiyama
suzuki tachibana tagawa tajima takada takagi takahashi takamatsu takano takaoka takase takashima takayama takebe takeda takemoto takemura takenaka
takeuchi takizawa tamura tanabe tanaka tani tanigawa taniguchi tanimoto tashiro terada terasawa tokuda tokunaga toyoda tsubaki tsuchida tsuchiya tsuda
tsuji tsujii tsukamoto tsuruta uchida uchiyama ueda uehara uemura ueno umeda umehara umemura uno utsunomiya wada wakabayashi watanabe yagi yamada
yamagata yamaguchi yamaji yamamoto yamamura yamanaka yamane yamanouchi yamaoka yamasaki yamashita yamauchi yamazaki yanagi yanagisawa yano yasuda
yokota yokoyama yonezawa yoshida yoshikawa yoshimoto yoshimura yoshino yoshioka yoshizawa
`),
  given: foldedWords(`
akihiko akihiro akiko akinori akio akira arata asami asuka atsuko atsushi ayaka ayako ayumi chieko chiharu chihiro chikara chisato daichi daigo
daiki daisuke eiichi eiichiro eiji eiko emi emiko etsuko fumihiko fumiko fumio fumiya genki genta goro hajime hanae haruhiko haruka haruki haruko
haruo haruto hayato hideaki hidehiko hidekazu hideki hideko hideo hidetoshi hideyuki hiroaki hirofumi hiroki hiroko hiromi hironori hiroshi hirotaka
hiroto hiroyasu hiroyuki hisao hisashi hitomi hitoshi ichiro ikuko ikuo isamu isao itsuki jiro joji junichi junichiro junji junko junpei junya
kaito kana kanako kaori kaoru katsuhiko katsuhiro katsumi katsuya kazuaki kazuhiko kazuhiro kazuki kazuko kazuma kazunari kazunori kazuo kazushi
kazuto kazuya kazuyuki keigo keiichi keiichiro keiji keiko keisuke keita kengo kenichi kenichiro kenji kenjiro kenshi kensuke kenta kentaro kento
kimiko kiyoshi kiyotaka kohei koichi koichiro koji koki kosuke kota kotaro kozo kumiko kunihiko kunio kyoko maki makiko makoto mamoru manabu
mariko masaaki masafumi masaharu masahide masahiko masahiro masaki masako masami masanobu masanori masao masaru masashi masataka masato masatoshi
masaya masayoshi masayuki mayuko mayumi megumi michiko michio midori mieko miho mikio minako minoru misaki misako mitsuhiro mitsuko mitsuo mitsuru
mitsuyoshi miwako miyuki mizuki momoko motohiro motoki motoko mutsumi naoaki naohiro naoki naoko naomi naoto naoya naoyuki natsuki natsuko natsumi
nobuhiko nobuhiro nobuko nobuo nobuyuki nori noriaki norihiro noriko norio noriyuki osamu rei reiko rie rikako risa ryo ryohei ryoichi ryoji ryoko
ryosuke ryota ryotaro ryuichi ryuji ryuta saburo sachiko sadao saori satoko satomi satoru satoshi sayaka seiichi seiji seiya setsuko shigeki
shigeko shigeo shigeru shigeyuki shingo shinichi shinichiro shinji shinjiro shinobu shinpei shinsuke shintaro shinya shiori shiro sho shogo
shohei shoichi shoji shoko shota shotaro shuhei shuichi shuji shunichi shunsuke shuntaro shunya shusuke sota sumiko susumu tadahiro tadao tadashi
taichi taiki taisuke takaaki takafumi takahiro takahisa takako takamasa takanobu takanori takao takashi takato takatoshi takaya takayoshi takayuki
takehiko takehiro takehito takeo takeru takeshi takuma takumi takuo takuro takuto takuya tamaki tamotsu taro tatsuhiko tatsuki tatsuo tatsuro tatsuya
teruaki terumasa teruo tetsuji tetsuo tetsuro tetsuya tohru tokuro tomoaki tomoe tomohiko tomohiro tomoki tomoko tomomi tomonori tomoya tomoyuki tooru
toru toshiaki toshihide toshihiko toshihiro toshikazu toshiki toshiko toshimitsu toshio toshiya toshiyuki toyoaki tsubasa tsukasa tsutomu tsuyoshi
wataru yasuaki yasuhiko yasuhiro yasuko yasunori yasuo yasushi yasutaka yasuyuki yohei yoichi yoichiro yoji yoko yoshiaki yoshifumi yoshihiko
yoshihiro yoshikazu yoshiki yoshiko yoshimasa yoshimi yoshinobu yoshinori yoshio yoshitaka yoshito yoshiyuki yosuke yota yudai yugo yuichi yuichiro
yuji yuka yukari yuki yukihiro yukiko yukio yuko yuma yumi yumiko yuri yuriko yusaku yusuke yuta yutaka yutaro yuto yuya yuzo
`),
}

const HUNGARIAN = {
  fold: (word: string) => word,
  families: readWords(`
bakos balogh barta berki biro bodnar bognar boros bozsik budai csonka csordas deak dudas erdos farago farkas fazekas feher fekete fodor fulop gaspar
gombos gulyas hajdu halasz halmos hegedus horvath illes jakab juhasz kelemen keleti kende kerekes kertesz kiraly kis kiss kocsis kovacs lakatos
lengyel lovasz lukacs magyar majoros meszaros mezei molnar nagy nemes nemeth neumann novak nyiri olah orban orosz orsos palfi pap papp pasztor petho
pinter polgar prohaszka racz revesz ronyai sari sarkozi sebestyen simonyi sipos somogyi soos szabo szalai szalay szanto szasz szegedi szekely szekeres
szentgyorgyi szilagyi szilard szoke szolnoki szucs takacs tarjan torok toth turan turi vadasz vajda vamos varadi varga vass vegh veres vincze voros
zsoldos
`),
  given: readWords(`
adam adel agnes agoston akos aladar albert alexandra andor andras andrea aniko anna antal aranka aron arpad attila balazs balint barnabas bela bence benedek
benjamin bernadett bertalan bianka boglarka boldizsar borbala csaba csilla daniel david denes domonkos dora dorottya edina edit elek eleonora emese
endre erika ervin erzsebet eszter eva ferenc flora fruzsina gabor gabriella gergely gergo geza gizella gusztav gyongyi gyorgy gyozo gyula hajnalka
hanna ildiko ilona imre istvan ivan ivett janos jeno jozsef judit julia julianna kalman karoly katalin kinga klara kornel kristof krisztian krisztina
lajos laszlo laura lili lilla livia lorand lorant luca marcell margit maria marta marton mate matyas mihaly miklos monika nandor noemi nora norbert
oliver orsolya pal peter petra piroska reka renata richard robert rozalia sandor sara szabolcs szilvia tamas tibor tihamer timea tunde vencel veronika
viktor viktoria vilma vilmos zita zoltan zsofia zsolt zsombor zsuzsa zsuzsanna
`),
}

/** Given names of Hungary that other countries spell in another way. */
const OF_HUNGARY_ALONE = readWords(`
aladar aniko arpad attila balazs balint bela bence bertalan boglarka boldizsar borbala csaba csilla dorottya elek emese endre erzsebet eszter ferenc fruzsina
gabor gergely geza gyongyi gyorgy gyozo gyula hajnalka ildiko ilona imre istvan janos jeno jozsef kalman karoly katalin kornel lajos laszlo lorand margit
matyas mihaly miklos nandor orsolya pal piroska reka sandor szabolcs szilvia tamas tibor tihamer tunde vencel zoltan zsofia zsolt zsombor zsuzsa zsuzsanna
`)

function foldedWords(text: string): ReadonlySet<string> {
  return new Set([...readWords(text)].map(foldJapanese))
}
