/**
 * Names of many people in countries that the lists of `common-names.ts` lack, or have a few of: Greece and Cyprus, Thailand and Laos, Myanmar, Mongolia, and Central Asia. In
 * the spelling of `nameKey`, without spaces. In Myanmar all words of a name are common, and none is a family name.
 */
export const MORE_FAMILY = `
abdrakhmanov akhmetov akhmetzhanov alexiou alexopoulos altantsetseg amanzholov anagnostopoulos angelopoulos annayev antoniou
apostolidis apostolou asanov ataev athanasiou athanasopoulos aung aye baatar baimukhanov baizhanov batbayar batbold baterdene
batjargal batmunkh batsaikhan bayarmaa bayarsaikhan berdiev boldbaatar boonmee boonsri boonyarat byambasuren chaiwong chaiya
chaiyasit chanthavong charalambous christodoulou christou constantinou davaadorj dimitriou dimopoulos dorj economou enkhbat
enkhbayar enkhjargal enkhtuya galanis ganbaatar ganbold gantulga ganzorig georgiadis georgiou giannopoulos hlaing htay htet htoo
htun htwe ibraimov inthasone ioannidis ioannidou ioannou iskakov jaidee kadyrov kaewkla kaewmanee kaliyev karagianni karagiannis
karamanlis kassymov katsaros kenzhebekov khaing khin kholmatov konstantinou kostopoulos kyaw kyi kyriakou lazaridis lkhagvasuren
lwin makris mamatov maung mavridis michailidis mirzaev moe mukhamedov munkhbat munkhbayar myint myo naing nazarov nikolaidis
nikolaidou nikolaou nurgaliyev nurpeisov nwe nyamdorj nyein nyunt oikonomou oo orazov ospanov otgonbayar oyunchimeg paing
panagiotou panya papachristou papadaki papadakis papadimitriou papadopoulos papadopoulou papageorgiou papaioannou papanikolaou
papathanasiou pappas pavlidis petrou phommachanh phromma phyo promma purevdorj rakhimov rakhmonov rattana rattanakul sadykov
saeheng saelee saelim saengsuwan saengthong saetang saeung saidov samaras sein serikbayev shwe sisouk smagulov soe sombat
sotiriou srisai srisuk stavrou sukhbaatar sukjai suksai suksawat suleimenov sultanov suwan suwannarat swe temuulen thant thein
theodorou thongchai thongdee thongsuk thura toktogulov triantafyllou tserendorj tulegenov tursunov tuvshinbayar umarov usenov
utegenov vasileiou vassiliou vlachos vlachou vongsa wongchai wongsa yuldashev yusupov zaw zervas zhumabayev zhunusov
`

export const MORE_GIVEN = `
aibek aidana aidos aigerim aikaterini aizhan alibek aliya altantsetseg anan angeliki asel askar assel athanasios aung aye azamat
bakhyt bakyt batbayar baterdene bauyrzhan bayarmaa bilguun bobur bolat bounmy chaiwat christos dana daniyar daulet despoina
dilnoza dilshod dimitrios dimitris dinara eleni enkhjargal erlan evangelos farrukh ganbold ganzorig georgia georgios giannis
giorgos gulmira gulnara gulnoza hlaing htay htet htoo htun htwe ioanna ioannis jasur kairat kanya katerina khaing khamphone khin
khulan konstantinos kostas kyaw kyi lwin malee marat maung michalis moe munkhbat myint myo naing narong nattapong nikolaos nikos
nodira nurbek nurbol nurlan nwe nyein nyunt oo otabek otgonbayar oyunbileg paing panagiotis phyo pornthip prasert ruslan rustam
samat sanzhar saule sein serik sherzod sholpan shwe siriporn soe sofia solongo sombat somboon somchai somporn somsak spyridon
spyros stavros suchart supaporn surachai swe talgat temuulen thanakorn thant thein theodoros thura tuvshinbayar ulan ulugbek
vasileios vasiliki vasilis wanchai wichai yannis yerlan zarina zaw zhanar zhanna
`
