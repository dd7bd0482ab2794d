import { readCounts } from './read.ts'

/**
 * How often syllables of Mandarin occur first and second in given names of two syllables, for those that occur twice or more. They show how common
 * a given name is that is not in the table. Counted in the names of `names.ts` with family names that were counted five times.
 */
export const TWO_SYLLABLES_COUNTED = 4479

export const FIRST_SYLLABLES = readCounts(`
200: yu
195: yi
155: jia
145: xiao
130: zi
115: zhi
95: wen
90: jun wei
75: hao
70: hong
65: jing si tian xin ze
60: jian jin li shi
55: bo ming yan
50: chen hai rui
48: shu yun
46: yong
44: zhen
40: ya ying
38: kai lin qing
36: han xiang
34: cheng dong
32: chang guo xue zheng
30: ji peng qi
28: xi xing
26: da de ke min pei shao
24: guang meng ruo sheng xu yuan
22: chun fang yue zhao zhong
20: ling yang zhuo
18: guan wan xian xuan yin
16: bao fu hui jie qian ting
14: bing chao feng le lu rong run song
12: ai he jiang mei ren shang ye zong
10: an chu en fei gui hua liang long qiu su zhe zu
9: dan qin shan
8: chi dai mu ri tai tong yao you
7: chuan kun qiao quan shuo teng xia xiu zhan zhou
6: bi cai chong ding jiu kang lian tie
5: a bei bin cun er hang heng mao mo ning sha shuai zhang
4: bai cong dao dian hou ju lan mi ping pu ru sen shun xun zuo
3: ao ben di fan gao huai huan juan man nai nan sai san shou te wang xie xiong zai zeng zhu
2: bang bu cha chan che deng gong jiao liu luo ma miao na nian pan pi pin qiang sa sang shuang sun ta tao zen
`)

export const SECOND_SYLLABLES = readCounts(`
190: yu
125: wei
115: hao
105: jie yi
95: yang
85: lin ming qi xin yuan
75: feng
70: cheng hui
65: chen dong jun wen
60: bo fei han long qing
55: peng xuan
50: hua yan
46: bin liang
44: fan li
40: chao hong rui zhi
38: kai ping
36: qiang
34: min ran sheng tao ting
32: jian xiang ying
30: nan xi yue yun ze
28: tong zhe
26: da heng jia jin lei ling ning xing
24: kun
22: an guang jing meng quan ru zhou
20: song tian xiao yao zhen
18: hai ji yong
16: chi di fang shan xu yin zheng
14: bing chang chun hang jiang juan ke lan qian xia zhu
12: he huan qun rong shu xian ya zhao zhong
10: bao dan fu lu lun pei si ye
9: le
8: ang gang guo kang mei qiao qiu ren sen shi shuo xiong xun
7: cai chuan shen
6: chong cong ding ni qin tai wu zhuo
5: de hu man shuai shuang su wan xiu xue you zhan zhang zi
4: biao chu ci en ge gen ha huai lian mo pu ruo
3: a er fa fen jiao ju kui lie miao na nian nong nuo run te wang zeng zong
2: bang bei cen chan e gan geng gong guan jue lai lang liu mao mi mu neng nu ou sha shang ta teng
`)

/** The syllables of Mandarin in pinyin without tones: each initial with its finals. */
const SYLLABLES = new Set(
  `
- a o e ai ei ao ou an en ang er
b a o ai ei ao an en ang eng i ie iao ian in ing u
p a o ai ei ao ou an en ang eng i ie iao ian in ing u
m a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
f a o ei ou an en ang eng u
d a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un
t a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un
n a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve
l a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve
g a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang
h a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
j i ia ie iao iu ian in iang ing iong u ue uan un
q i ia ie iao iu ian in iang ing iong u ue uan un
x i ia ie iao iu ian in iang ing iong u ue uan un
zh a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
ch a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang
sh a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang
r e i ao ou an en ang eng ong u uo ui uan un
z a e i ai ei ao ou an en ang eng ong u uo ui uan un
c a e i ai ao ou an en ang eng ong u uo ui uan un
s a e i ai ao ou an en ang eng ong u uo ui uan un
y a e ao ou an ang i in ing ong u ue uan un
w a o ai ei an en ang eng u`
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [initial = '', ...finals] = line.split(' ')
      return finals.map((final) => `${initial === '-' ? '' : initial}${final}`)
    }),
)

export const isSyllable = (word: string): boolean => SYLLABLES.has(word)

/** Whether a word is one or two syllables of Mandarin. */
export const isOfSyllables = (word: string): boolean =>
  isSyllable(word) || syllablesOf(word) !== null

/** The two syllables of Mandarin in a word such as "Xiaoming", the first as long as possible; null for other words. */
export function syllablesOf(word: string): [string, string] | null {
  if (SYLLABLES.has(word)) return null
  for (let at = word.length - 1; at > 0; at--)
    if (SYLLABLES.has(word.slice(0, at)) && SYLLABLES.has(word.slice(at)))
      return [word.slice(0, at), word.slice(at)]
  return null
}
