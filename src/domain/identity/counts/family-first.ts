import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts'
import { syllablesOf } from './syllables.ts'

/** Fewest times that a family name was counted to be known as one that lists may print first: "Liu Daohuan", "Zhang W". */
const KNOWN_FAMILY = 10
/** How much more often the first word must be a family name than a given name. */
const RATHER_FAMILY = 3

export function isRatherFamily(word: string): boolean {
  const times = FAMILY_NAMES.get(word) ?? 0
  return times >= KNOWN_FAMILY && times >= RATHER_FAMILY * (GIVEN_NAMES.get(word) ?? 0)
}

/** Whether a name is printed as in China or Vietnam, the family name first: only where that is sure. "Li Wei" may be either, and is taken as printed. */
export const isFamilyFirst = (first: string, others: readonly string[]): boolean =>
  isChinese(first, others) || isVietnamese(first, others)

/** "Liu Daohuan": a usual family name, and after it what cannot be one, as it has two syllables. */
function isChinese(first: string, [last = '', ...more]: readonly string[]): boolean {
  return (
    more.length === 0 &&
    isRatherFamily(first) &&
    !FAMILY_NAMES.has(last) &&
    !OF_TWO_SYLLABLES.has(last) &&
    syllablesOf(last) !== null
  )
}

/** Chinese family names of two syllables. */
export const OF_TWO_SYLLABLES = wordsOf(
  'ouyang shangguan sima zhuge huangfu situ linghu dongfang gongsun murong ximen nangong yuwen xiahou duanmu',
)

/** "Luu Anh Tuan": a family name of Vietnam, and after it only words of given names there. */
function isVietnamese(first: string, others: readonly string[]): boolean {
  const isFamily = OF_VIETNAM.has(first) || (others.length > 1 && ALSO_OF_VIETNAM.has(first))
  return isFamily && others.every((word) => GIVEN_IN_VIETNAM.has(word))
}

/** Family names of Vietnam that elsewhere are none, and those that are names of other countries, too. */
export const OF_VIETNAM = wordsOf(
  'nguyen tran pham hoang huynh phan vu vo dang bui ngo duong luu dinh truong doan trinh phung kieu quach',
)
const ALSO_OF_VIETNAM = wordsOf('le do ho ly dao mai cao lam luong to ta thai chu')
/** Middle and given names of Vietnam that are not also family names there. */
const GIVEN_IN_VIETNAM = wordsOf(`
an anh bach bao binh chau chi chien cong cuong dan danh dat dong duc dung duy gia giang ha hai hang hanh hao hau hien hieu hoa hoai hong
hue hung huong huu huy khai khang khanh khiem khoa khoi kien kiet kim lan linh loan loc loi long manh minh my nam nga ngan nghia ngoc nhan
nhat nhi nhu nhung oanh phong phu phuc phuong quan quang quoc quy quyen quynh sang sinh son tam tan thang thanh thao thi thien thinh
tho thoa thu thuan thuc thuong thuy tien tin tinh toan tra trang tri trong truc trung tu tuan tung tuyen tuyet uyen van viet vinh
vy xuan yen
`)

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
