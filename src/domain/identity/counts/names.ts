import { readCounts } from './read.ts'
import {
  FIRST_SYLLABLES,
  SECOND_SYLLABLES,
  syllablesOf,
  TWO_SYLLABLES_COUNTED,
} from './syllables.ts'

/**
 * How often words occur in 13,846 names of authors, for those that occur three times or more. A small catalogue does not show how common
 * a name is: it may have one Wei Zhang only. Counted in the bylines of ACL 2021 and 2022, NAACL 2022 and 2024, COLING 2025 and
 * AISTATS 2024 (CC BY 4.0), each name once. A word that is not listed counts once.
 */
export const NAMES_COUNTED = 13846

export const FAMILY_NAMES = readCounts(`
467: wang
405: zhang
390: li
311: liu
289: chen
177: yang
173: wu
154: xu
136: zhou
132: zhao
123: huang
117: lee
114: sun
108: zhu
103: kim
97: yu
88: lin
81: guo hu
80: ma
78: he
74: jiang zheng
70: gao
64: song
62: lu
55: cheng
52: liang luo
51: shi
50: cao han tang
49: xie
48: nguyen
47: feng
43: ding
42: dong
41: shen
39: jin xiao
37: cai fan wei
36: fu park tan zeng
34: ye yuan
33: yao
32: gupta kumar
31: du su tian
29: chang gu
28: ji peng
27: fang jia yan
26: yin
25: bai choi qin xiong
24: cui dai deng mao qian
23: singh xia
22: qiu sharma zhong
21: gong hou kang
20: ren
19: pan wan
18: bao hong meng qi wen
17: zou
16: cho das duan hao jain le liao lyu
15: agarwal goyal guan jang zhuang
14: jung xing
13: lai lim lv qu shao tao
12: ghosh hua khan lei long niu tran xue
11: an kong kulkarni oh xiang
10: agrawal chowdhury cohen hwang joshi mukherjee nie qiao shang tong zhan
9: dou ge hsu lan ng patel shin tu yi yoo you
8: chu fei hui jones martin mishra mitra ou pang smith verma vu wilson zhai
7: aggarwal ahmad ali arora bi chakraborty chan chi do gan garg geng leung ling lou miao ni reddy saha seo shah
7: si wong ying yoon zuo
6: chai chung gui hoang jeong jiao krishnamurthy kuang lam mehta min mou nakamura pei qiang rahman rao ray
6: ribeiro ruan sarkar sen sheng xi yadav yue
5: ahn ahuja chao cheung clark deshpande dutta garcia hasan jing ko kwak levy lopez mei ning nowak pham ramos
5: sanyal sato shrivastava shu srinivasan srivastava sung wagner xin yun zha zong
4: ahmed alam ao bae bajaj balasubramanian banerjee bhat bhattacharyya carvalho chatterjee chiu chong chuang
4: fischer foster goel hansen hayashi hosseini inoue islam iyer jeon jo johnson ju kao kashyap katz koo krishna
4: kwon lo lucas luu martins mi mittal mohamed mu muhammad muller naik nair ouyang pal parikh patil pu
4: richardson robinson roy samuel sanchez saxena schneider sengupta sha shan shou suresh suzuki thakur tsai
4: varshney watson white wright yamada young
3: abe ai arnold bansal basu bennett bharadwaj bhatnagar bhattacharjee bhattacharya bian black braun bu bui
3: campbell cercel chae chaudhary chiang dalvi dang dasgupta dehghani dey dhillon diao diaz dinh feldman
3: ferreira fisher frank fraser fung ganesh gonzalez goswami guzman ha hall haque hashimoto hassan hay heo
3: hofmann huber iv jian jie jr khetan klein lal lewis lian lima mahajan mai malik mandal martinez may mcdonald
3: mekala miller mo mohammad mondal moon murphy nan nasr natarajan ngo nishida panda pappas phan phung prasad
3: ramakrishnan rodrigues rodriguez rogers sakai sang santos schuster schwartz shim sohn son souza subramanian
3: tam tanaka teng thomas thompson torres truong ward weber west yong yoshida yoshikawa
`)

export const GIVEN_NAMES = readCounts(`
56: david
52: daniel
51: michael
46: wei
40: yang
38: yu
37: alexander
36: xin
35: de
33: ali yi
31: thomas
28: lei
27: jing rui
26: chen jie robert
25: hao
24: jun kai ming yue
23: benjamin james jonathan kumar mark
22: bo dan kevin matthew
21: hui john li maria tao william
20: alex patrick sebastian yuan
19: andrew eric jian le marco mohammad peng richard tong yong zheng
18: adam christopher van xiang yan
17: bin chao christian jan jin liang martin md peter qi xiao
16: han lu simon
15: aaron anna ben bowen chris fei jason paul samuel ying zhen
14: anthony lin nicholas tom victor yifan
13: antonio di feng florian jacob julia kun lucas matthias nan nathan nicolas nikita
12: aditya ahmed cheng francesco george jose joshua ke min ning qian qing rahul vincent yao yuxuan
11: andreas dong guillaume hang jia joseph max meng sarah sheng steven xing yuchen zhao
10: albert alberto andrea anh antoine hassan ivan jeffrey jiaxin luca philip qiang raphael ryan shuo siddharth
10: stephen tianyi tim wenjie xi xinyi xinyu xu yun
9: alessandro alexandra amir andre chang cong elena fan felix ge guy hai ian jennifer jessica jiahao jiaqi juan
9: karthik laura miguel minh nikhil philipp roy tianyu vivek yifei yuxin zhe zihao
8: brian charles elizabeth emily gabriel georgios haoyu he hong jack javier jiacheng jiahui jiawei jiayi
8: johannes katherine long manuel michal pierre quan ran ryo scott shuai shuang tian timothy wen wenhao xingyu
8: yiming yujie yuwei zhenyu zhou
7: abhinav alan alejandro ashish bei bing bryan can chun ehsan el ethan fabian haoran heng hongyu ji jiachen
7: joel junjie justin ling louis luke olga pedro reza ricardo rong sai sara shi siyuan song stefan tobias
7: vaibhav vladimir wang xiaodong xiaoyu yash yilin yiran yixin yusuke zhiwei
6: adrian ahmad akash alexandre alexey amin amit carlos chaitanya chi chong damien daniil dawei denis fabio
6: giuseppe helen henry hossein hua jakub jens jiajun jianfeng kim kyle lorenzo luis lukas mario mei michele
6: muhammad nguyen pengfei phillip piotr prateek rajiv rebecca roberto sam sen sergey shu siyu trevor varun
6: vijay weiwei xiangyu yining yongqi yuxiang zeyu zhiqiang zihan ziwei zixuan
5: akshay alexis amanda ana anil arnab arnav ashutosh atsushi ayush barbara bill chenyu christina christos
5: chuang da daniela danilo davide der derek diego dominik edoardo emil emmanuel erik eugene fang federico
5: fernando filip frederic gary gaurav gilles gregory gustavo hamed haochen harsh huan irina jai jakob jesse
5: jingwei joao jonas jorge josef julian julie junhao junwei junyi kaiwen kang karen kartik katharina kenny
5: kexin linlin lisa lucia lukasz makoto maryam minghao minghui mohamed mustafa natalia nicole nikolaos oliver
5: pablo pengcheng ping pradeep prakash rachel reddy remi rishabh rodrigo rohit roman ron ruiqi ruoxi sanjeev
5: saurabh shan shen shivam soumya stephan tanmay tianshu ting tommaso tyler weidong wenxuan xiaojun xuan
5: xudong yicheng yimeng yufeng yutong yuval yuyang zelin zhenhua zhi zhihao zhihong zhihua zhipeng zhiyuan
5: zhong zijun ziyi
4: abdul aleksandr alice andrey angela anirudh anne anton ao arthur ashwin bang biao catherine chenguang
4: chenhao chenxi chenyang claudia dana deepak dhruv dmitry donald dongwon dung elisabeth emanuele emma frank
4: fredrik gabriele gang giovanni greg gregor hadi haifeng haitao hannah hanyu haotian haowen haozhe hasan
4: henrique hoang hongzhi hyun irene jamie jane jiabao jiajie jialong jiaming jiang jianwei jiarui jiawen jiayu
4: jiayuan jinghui jingyi jingyu jingyuan jinming jordan julien juncheng junfeng katrin kenneth krzysztof
4: kushal lan liming logan lopez lucy luo mahdi marc marcos markus mathieu mehdi mike mohsen mostafa nadav
4: naoki navid nico nicola nils nishant noah omar oren ori oscar paolo pavel pei prakhar qin qingqing qingyu
4: radu rafael rajat robin rohan ruoyu sandeep santiago sarthak sayantan sean shankar shanshan shijie sho si
4: sijia simone sina singh siqi siu sofia son spencer sumit takashi tal teodora thang tingting tomas tu
4: victoria viet von vu walter weimin weining wenbo wenkai xian xiangyang xiaobo xiaodan xiaoming xun yann
4: yaxin ye yian yijun yilun yin yiqing yiwei yoav young yubo yudong yujia yulin yuming yuya zachary zehua
4: zhihan zhiyong zhuo zi zijie zilong zirui ziyu
3: abdelrahman abhishek afra aitor ajay al aldo aleksei alexandros alon aman amartya amey an anastasia andy
3: animesh ankita anoop antonios ari arindam arjun artem artur atharva aurelien avi balaji bao barry beatrice
3: belinda benno bernardo bernd bhargav bjorn bohan bonnie boyu bradley carl carolin carsten chandra changlong
3: chaoqun che chelsea chengqi chengwei chenwei christine christoph christophe chunyuan claire clara claudio
3: colin connor constantin daichi deniz dinesh dirk divya dongdong dongsheng douglas duc edward edwin ekaterina
3: elad ellen emilie emilio emmanouil emre enrique eran eva eyal fedor florence francis francois gautam gavin
3: georg gerhard gilad giulia giulio grace graham guillermo guoqiang guoqing haibin haibo haiyan hanan hangyu
3: hanlin hanna haolan haoyang haoyi haoyue harsha hiroki hongbin hongjin honglei hongxia hongyi huang hung
3: ioannis isabel ishaan janet javad jay jean jeff jeonghwan jialu jianfei jianxin jiao jieyu jiho jinchao
3: jinfeng jingjing jingwen jinpeng jinyu jipeng joanna jon jonghwan junda junru junze kaixin kathleen keith
3: ken kenji keshav keyang khai kilian kirill koji konstantinos krishna kristina kshitij kyu kyungmin lauren
3: laurent lee lena leonard leonardo leonie lili linfeng linjun linqing liping liwei lixin liyan loic luisa
3: mahmoud majid manabu marek marie marina martina matan matt matteo mauricio mauro maxime maxwell mayank megan
3: mengdi mert mihir mikhail milad mingchen mingyang mingyu mohit monica muhammed mukund naman nancy nathaniel
3: nhat nicolo nikola nikolay nitish noel oana ofir oleg ondrej osama pan parag pascal paula paulo pavan pawel
3: peiji peijie pengyu petr philippe pietro pouya pranav prasanna prashanth qianli qifan qingyun quentin raj
3: raja rakesh ramesh ramon rina rita roger ru runzhe ruslan sabine saeed sagar salman sanchez sandra satoshi
3: seo serena shadi shashi shengjie shikhar shiliang shilin shintaro shreya shruti shubham shuming shuyang
3: sicheng silva silvia songlin sophia sophie sree srinivas stefano stella subhajit sung susan tatsuya taylor
3: thiago thierry tianhao tianze tomer tuan valentin valentina vasileios verena vikas vikram viktor vipul vlad
3: walid weicheng weihao weihua weijian weijie weiqiang weiran wenhan wenjuan wenqing wenyuan wesley wojciech
3: wolfgang xavier xia xiaochen xiaocheng xiaofei xiaofeng xiaohan xiaohua xiaojie xiaojin xiaolei xiaopeng
3: xiaoqing xiaoyan xiaoyang xiaoying ximing xinrui xintong xinwei xuanyu xue xuefeng yanan yanda yangyang
3: yanjun yibo yichao yichen yihong yijia yiling yilong yinghao yingjie yiwen yixiao yixuan yizhou yonatan
3: yucheng yufan yufei yuhao yuki yulia yunfan yunfeng yunlong yuqi yuqing yuta yutao yuting ze zefeng zeqi
3: zequn zeyang zhaohan zhengyan zhengyuan zhibin zhichao zhicheng zhiguo zhilin zhiqing zhiyang zhiyu zhongtao
3: zhu zichao zifeng zijian zili ziming ziqi ziyang zongyu
`)

/** Limits of the estimated count of a name that is not in the table: it may have been counted up to twice. */
const [LEAST_COUNT, MOST_COUNT] = [0.05, 2.5]
/** Count used for syllables that were counted once or never. */
const RARE_SYLLABLE = 0.7

/** Given names of one character that are among the most common in China but rare in the counted lists, which cover one field. */
const COMMON_IN_CHINA = new Set(
  'bing fang gang guang hong hua juan lan ling long mei na ning peng ping qiang qin ting xia xiang xue yun zhi'.split(
    ' ',
  ),
)
const LEAST_OF_COMMON = 10

/** The count of a given name. For Chinese names that are not in the table, an estimate from the syllables; 1 for other names that are not in it. */
export function countOfGiven(word: string): number {
  const counted = GIVEN_NAMES.get(word)
  if (COMMON_IN_CHINA.has(word)) return Math.max(LEAST_OF_COMMON, counted ?? 0)
  if (counted !== undefined) return counted
  const syllables = syllablesOf(word)
  if (!syllables) return 1
  const first = FIRST_SYLLABLES.get(syllables[0]) ?? RARE_SYLLABLE
  const second = SECOND_SYLLABLES.get(syllables[1]) ?? RARE_SYLLABLE
  // Names that repeat a syllable are more common than the product of the counts suggests: Yuanyuan.
  const least = syllables[0] === syllables[1] ? 1 : LEAST_COUNT
  return Math.min(MOST_COUNT, Math.max(least, (first * second) / TWO_SYLLABLES_COUNTED))
}
