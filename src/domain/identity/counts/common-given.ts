import { readAreas } from './read.ts'
import { SHARED_GIVEN } from './shared-given.ts'

/**
 * Given names that many people have, by the areas of `FAMILY_AREAS`: the most common of 106 countries (popular-names-by-country-dataset, CC0), further ones of
 * countries and generations that it lacks, and those of `names.ts` that are common in one of the areas. `western` is all of Europe west of Turkey and America.
 */
export const GIVEN_AREAS = readAreas(`
arabic: abbas abdallah abdelkader abdelrahman abdul abdulaziz abdulla abdullah abdullo abdulrahman abubakr abulfazl
arabic: adel adnan aicha aisha alanoud alireza amal ameer amin amine amira amirabbas amirali amirhossein ammar amr
arabic: anohito ashraf ashraqat asif asiya assia aya ayesha ayman ayoub aziz bader bandar baran beshoi bismah brahim
arabic: dalal djamel doha ehsan eisha elie fadi fahad fahd faisal fajr farah farhan farida farrah farzana fatemeh
arabic: fatemehzahra fatin fozia gamalat gamila googoosh habib habiba hadi halim hamed hamid hamidreza hanan hashem
arabic: hasnaa hassan helma hesham hessa hisham hoda hosna hosniya hossein hur hussa hussain hussein hydar imene imran
arabic: indira irene jad javad javed joe jouri kamran karam kareem karim karima kathem kazi khadija khadije khaled
arabic: khalid khawla kirollos latifa layla leen leila lianne lulwa lydia lyna maha mahdi mahmood majid marwa masoud
arabic: masoumeh maysoun md mehdi mehran melissa meriem mersana milad mina mira mohamed mohammadreza mohammadtaha
arabic: mohammed mohsen mona mostafa mustapha nada nadeem naim naveed navid naya nazaninzahra nesreen nomaan nouf nour
arabic: oisha osama pouya rachid rania reem reema reza roghayyeh rowan saeed saeid sahar said sakeena sakineh salah
arabic: saleh salem salma salman samyar saqib selim shahd shahem shahid shaikha shaimaa shayma sheikh sherif sherifa
arabic: sina sobia somayyeh suha sumayah syed taha tarek tareq tariq tuleen turki walid waqas wassim wateen yasmine
arabic: yasna yasser yassin younes yousef yousouf youssef zahid zainab zeinab zina
indian: aadhya aarav aarya aasha abhinav abhishek aditi ajay akash akshay alok aman amartya amayra amey amit
indian: anand anil animesh anirudh anjali ankita anoop anurag arindam arjun arnab arnav arun ashish ashok ashutosh
indian: ashwin asmita atharva ayush balaji bhargav bibek binita bishal chaitanya chandra deepa deepak dhruv dinesh
indian: divya ganesh gaurav gautam girish gita gurpreet harish harpreet harsh harsha hemant inaya ishaan jitendra jiya
indian: jyoti kabir kabita kamal karthik kartik kavita keshav kiaan kiran krishna kshitij kumar kushal lakshmi lalit
indian: mahesh manish manoj manpreet mayank meena mehar mihir mohan mohit mukesh mukund naman naresh naveen neeraj
indian: neha niharika nikhil nisha nishant nitin nitish pankaj parag pari pavan pawan pooja pradeep prakash prakhar
indian: pranav prasanna prashant prashanth prateek praveen preeti prem priya puja rabina radha raghav rahul raj raja
indian: rajat rajeev rajendra rajesh rajiv rajkumar rakesh ram ramesh rani reddy rekha rishabh ritu rohan rohit sachin
indian: sagar sandeep sangeeta sanjay sanjeev santosh sarthak satish saurabh sayantan seema shailesh shalini shankar
indian: shashi shikhar shilpa shivam shivansh shreya shristi shruti shubham shweta shyam siddharth siddhartha singh
indian: sita smita sneha soumya sree srinivas subhajit subhash sudhir sumit sunil sunita suresh sushma swati tanmay
indian: tarun uma umesh usha vaibhav vamika vandana varun vedant venkatesh vijay vikas vikram vinod vipul viraj vishal
indian: vivek yash yogesh
english: aiden alan alastair albert alfie amanda amara andrew andy ann annie anthony aoife archie arianna ashley
english: austin azaria azariah azorakiara barry betty bill billy bob bobby bonnie bradley brandon brenda brian bruce
english: bryan carol carolyn charles charlie chelsea cheryl chris christopher cillian colin connor cynthia daisy dave
english: deborah debra derek diane don donald donna dorothy douglas eabha edouard edward edwin elijah ellie emelia
english: emiliya evelyn evie fiadh finlay fiona frances francis frederick freya gareth gary gavin gillian grace graham
english: greg gregory harper harris harry heather helen hudson imogen ivy jack jamie jane janet janice jason jay jeff
english: jeffrey jennifer jerry jesse jim joanne johnny jordan joshua josiah joyce judith justin kai kaia kairo
english: katherine kathleen kathryn keanu keith kelly kenneth kenny kimberly kiwa koa kora kristina kyle kyra larry
english: lauren lawrence leonard lewis lillie lily linda lisa livia logan lucy luke madison maia malachi manaia
english: margaret matilda matt maxwell megan mikaere mike millie nancy neil nicholas nick nigel nikau oisin pamela
english: penelope philip phillip rachel randy ray raymond rebecca rian roger ron ronald rory rosie russell ryan sam
english: scott sean sharon shirley sienna spencer stephen steve steven stuart susan tadhg taylor terry than thaniel
english: theodore timothy tracy trevor tyler wayne wesley willow zachary zahir
spanish: agustin agustina aimar aitana aitor aiur alejandro alessia althea alvaro ambar anamaria andres ane angel
spanish: angelo antonella astrid bautista benicio biel carla carmen catalina celeste cesar ciro concepcion danel
spanish: danielalejandro danna delfina diego diegoalejandro dolores eithan emiliano enrique esperanza ethan ezekiel
spanish: felipe ferndo gaspar geronimo guadalupe guillermo ian ibai iker irati isaac isabel isidora izaro javier
spanish: jeronimo jesus joaquin jordi jorge josefa joseluis juan juana juanandres juancarlos julen julieta june laia
spanish: leordo lidia luana lucia luciana mabel maddi malen manuel marc marcoantonio mariadelcarmen mariafernanda
spanish: mariajose mariana mariateresa mario markel martha marti matias maximiliano miguelangel milagrosa nahia nil
spanish: noemi oihan ona pablo pau pilar pol princess ramon ramona raquel regina renata rosmery roxana salome selma
spanish: sonia thiago trinidad valeria valter vera vicente victorhugo ximena zion
japanese: akiko akira an anzu ao aoi atsushi daichi daisuke eiji emi fuma haru haruma haruna haruto hideki hideo
japanese: himari hinata hinato hiroki hiroko hiroshi hiroyuki itsuki jun junichi junko kazuhiro kazuki kazuko kazuo
japanese: kei keiji keiko ken kenichi kenji kenta koichi koji kumiko makoto manabu mariko masahiro masao masayuki
japanese: mayumi mei michiko minato minoru mio mitsuru nagi nagisa naoki naoko noboru nobuo nobuyuki noriko osamu rei
japanese: ren riko rin ryo ryuichi sakura satoshi seiji shin shinichi shinji shintaro sho shota shuji so soma
japanese: susumu takashi takayuki takeshi takuya tatsuki tatsuya tetsuya tomohiro tomoko toshio tsuyoshi uta yamato
japanese: yasuhiro yasuo yoko yoshihiro yoshio yoshiyuki yua yuina yuji yuki yuko yuma yumi yuna yusuke yuta yuya
korean: byung chul donghyun dongmin dongwon dongwoo doyun eun eunji eunjung eunwoo geun gyu haeun hajoon harin hayoon
korean: hee heejin ho hyeon hyun hyunjin hyunsoo hyunwoo jae jaeho jaehyun jaewon jeonghwan jia jian jiho jihoon
korean: jihyun jinho jinwoo jinyoung jisoo jiwon jiwoo jiyoo jiyoung jong jonghwan jonghyun jongmin joon joonho junho
korean: junhyuk juwon ki kwang kyu kyung kyungho kyungmin minho minjae minji minjun minjung minkyu minseok minsu myung
korean: nam sang sanghyun sangmin sangwoo seoah seojun seoyun seung seunghyun seungwoo sik siwoo son soo sooah soojin
korean: sookyung sooyoung suk sun sung sungho sunghoon sungmin sunhee tae taeho taehyun wonjun woo yejun youngho
korean: youngjin yujin yujun yunho
balkan: adin ajda aleksandar anastasija andrej asja biljana bisera bogdana dalila damjan danijel darija daris davud
balkan: dejan dimitar dora dragan dragana dunja dusan dzan eman esma fran georgi goran gordana harun ilija ivana jakov
balkan: jelena josip jovan jovana julija kaloyan ksenija lamija lan lana lazar lejla ljiljana lovro lucija marija
balkan: marko masa matija merjem mihail milica milos mirjana natalija neza nik nika nikol nikola petar radmila raya
balkan: relja roko simona snezana suzana tara teo teodor teodora vasilije vesna violeta vita vuk yoana zala zan zoran
french: aaron abdoulaye adama alain ambre aminata angeline anne antoine aurelien awa bakary bintou chedeline
french: christophe claude damien djeneba emilie esther evens fanta fatoumata francois francoise frederic gilles
french: guillaume hawa islande jacques jade jameson jean judeline julien kadiatou laurent loic lovelie lovely luc mael
french: mahamadou mamadou martine mathieu maxime michel mirlande modibo moussa myrlande olivier oumar oumou pascal
french: peterson philippe quentin remi rosemerline sandrine sebastien sekou souleymane stanley stella stephane
french: stevenson sylvie thierry veronique widelene wilson yann
nordic: agnes aksel alberte anders andrias aputsiaq asta athena atlas aviana birgitta carl elmar embla fredrik gilli
nordic: gudrun hjordis iben ida inuk inunnguag inutsiaq isak ivaana ivalu ivik jakup jogvan johan jokull jorgen kari
nordic: katla kim kjell lars liv magnus maligiaq malik malthe malu matthildur mattias mikael miki minik morten nivi
nordic: niviaq norsaq nuka olof paneeraq paninnguaq per pipaluk qillaq ria ronja saga salik soley solja soren svein
nordic: trondur uiloq ulloriaq valdemar var
nordic: arni asdis asgeir audur bjarni einar eirikur elin gisli gudbjorg gudmundur gudny gunnar halldor haraldur
nordic: haukur helga helgi hildur hulda ingibjorg johann johanna jonina kristin kristinn kristjan margret olafur
nordic: pall petur ragnar ragnheidur sigridur sigrun sigurdur steinunn sveinn thora thordur thorsteinn thorunn
nordic: unnur
central-asian: aibek aidana aidos aigerim aisultan aizhan aldiyar alibek alikhan alinur aliya aruuke aruuzat asilim askar
central-asian: assel ayim aysa ayzere azamat bakhyt bakyt bauyrzhan bobur bolat daniyar daulet dilnoza dilshod dinara emir
central-asian: erlan farrukh gulmira gulnara gulnoza hadicha jasur kairat madina marat nodira nurbek nurbol nurislam
central-asian: nurlan otabek ramazan rayana rustam safiya saliha samat sanzhar saule serik sherzod sholpan talgat tomyris
central-asian: ulan ulugbek yerlan zarina zhanar zhanna
russian: aleksandr aleksei alexey anastasiya anatoly andrey andriy artem artyom daniil danylo dmitri dmitry dmytro
russian: ekaterina elizaveta evgeniy evgeny fedor galina ilya irina kirill lev maksim maksym mariya maryja matvey
russian: mikhail milana mykhaylo nadezhda nikita nikolai nikolay oksana oleg oleksandr oleksandra olga polina roman
russian: safija sergei sergey sofiya solomiya svetlana tatiana timofey varvara vasilisa veronika viktoriya vladyslav
russian: yekaterina yelena yeva yulia yuri yury
turkish: ahmet aliasaf alparslan anar aras asel asya aygun ayla ayse aysel azra can defne deniz ecrin elchin elif
turkish: elnur elshan emine emre eylul eymen goktug gunay gunel hatice huseyin huseyn ilgar inci ismail konul mahammad
turkish: mehmet mert meryem mirac murat nehir nilay nuray omerasaf osman rashad samir serife sevda sevinj sultan
turkish: tarana tunar vugar vusal vusala yusif zehra zeynab zeynep zumra
german: alina anja bernd carolin carsten christoph constantin dieter dirk elisabeth elyas fabian felix frieda georg
german: gerhard gregor gunter hans heike heinz helmut horst jorg julian jurgen karl katharina klaus konstantin
german: leano leni leonie lio manfred maximilian melina nelio nico philipp rainer ralf renate sabine stefanie stephan
german: tobias ursula uwe valentin verena werner wolfgang
greek: aikaterini alexandros alphanunualpha androula angeliki antonios athanasios christos deltaetamuetataurhoalpha
greek: despoina dimitra dimitrios dimitris eleni emmanouil epsilonlambdaepsilonnueta evangelos georgia georgios
greek: giannis giorgia giorgos gogo ioanna ioannis konstantina konstantinos kostas kyriaki marios michalis nikolaos
greek: nikos panagiota panagiotis paraskevi spyridon spyros stavros theodoros vasileios vasiliki vasilis yannis
italian: aldo alessandro beatrice carlo carmela caterina chiara davide domenico edoardo emanuele enrico federica
italian: federico francesca francesco franco gabriele ginevra giorgio giovanna giovanni giulia giulio giuseppe
italian: giuseppina ludovica luigi massimo mauro michele nicola nicolo paola paolo pietro riccardo salvatore serena
italian: simone stefano tommaso vincenzo vittoria
chinese: chiahao chienhung chihchiang chihhao chihming chihwei chinlung chunchieh chunhung haoran haoyu ichun lihua
chinese: meihui meiling mingze muchen muyang ruoxi shuchen shuchuan shufen shuhua shuhui siu wenhsiung xinyi yating
chinese: yichen yihan yimo yinuo yize yutong yuxi yuxuan yuze zihan
african: abebe adebayo amahle asemahle banele chinedu chukwuemeka emeka ifeanyi iminathi junior kofi kwabena kwame
african: lesedi lethabo lethokuhle lisakhanya lubanzi lwandle melokuhle mwangi ofentse olumide oluwaseun omphile
african: otieno rethabile sipho siphosethu tesfaye thabo yonas
burmese: aung aye hlaing htay htet htoo htun htwe khaing khin kyaw kyi lwin maung moe myint myo naing nwe nyein nyunt
burmese: oo paing phyo sein shwe soe swe thant thein thura zaw
armenian: aleks anahit angelina areg areni arman armen armine arpi artur ashot gagik gayane gevorg hasmik hayk
armenian: hovhannes karine lilit lusine maneh mari mikayel monte nare narek narine samvel sofi susanna tigran
israeli: adele ariel avi avigail ayalah celine eitan eran jori jude lavi lin lur malek marya niel noam ori refael sama
israeli: shams taim tal tamar uri yasmin yehuda yonatan yusef yuval
baltic: adomas adrians alise amelija benas daniels darta dominykas elija elza emilija emils gabija gustavs herkus
baltic: jekabs jokubas kajus kamile karlis leja liepa lukne markas marks matas patricija ralfs roberts
portuguese: adriana afonso antonia benedita berrdo cecilia davi duarte fernanda francisca heitor helena henrique joao
portuguese: juliana leonor lourenco luiz maite manuela marcia margarida mariaalice martim mateus nuno paulo rui vitor
vietnamese: anh duc dung hien hoa hoang hung huong huy khai linh mai minh ngoc nguyen nhat phuong quang thang thanh
vietnamese: thao thi thuy trang tuan van viet vu yen
polish: agnieszka aleksander alicja andrzej antoni ewa franciszek grzegorz jerzy joanna katarzyna krzysztof lukasz
polish: malgorzata marcin marek mikolaj nikodem oliwia pawel piotr pola stanislaw szymon tomasz wojciech zofia zuzanna
polynesian: heikapu hinano hiro ioane maeva manua marama mareva maui moana moea moeata poema tamatoa tapuarii tarita
polynesian: tehei teiki teiva teura teva tiare titaina titaua vaea
finnish: aada aino antti eeli eevi eino elli heikki helmi juha jukka leevi lenna lilja matti onni pekka rasmus timo
finnish: toivo vaino venla
thai: anan bounmy chaiwat kanya khamphone malee narong nattapong pornthip prasert siriporn sombat somboon somchai
thai: somporn somsak suchart supaporn surachai thanakorn wanchai wichai
dutch: alysha bart cornelis dyllan emely geert jeroen kees keven koen levi maarten mees pieter saar sem tess willem
dutch: wim yara
mongolian: altantsetseg batbayar baterdene bayarmaa bilguun bolormaa chuluun enkhjargal ganbold ganzorig khongordzol
mongolian: khulan munkhbat naranbaatar odval otgonbayar oyunbileg solongo temuulen tuvshinbayar
western: alex alexander andrea ben elena joseph julia laura martin max nina paul robert samuel sebastian simon thomas
western: tim tom victor
hungarian: attila bence boglarka erzsebet ferenc istvan janos jozsef katalin laszlo levente lili lilien marcell mate
hungarian: sandor tamas zalan zoltan
malay: aariz agus aisyah andi ayra budi dewi dhia harraz iman izz muhamad naura nor nurul puteri siti wan
malay: agung arief arif ayu bambang bayu dedi dedy dian dina dini dwi eko fitri hari hendra heri indah joko ketut
malay: made nita novi nyoman putu ratna rini rizki rizky rudi slamet sugeng teguh tri wahyu wayan yudi yuni
czech: adela amalie eliska jaroslav jiri lenka matyas natalie nela ondrej petr tereza vaclav viktorie vojtech zdenek
romanian: alexandru andreea artiom damian daria evelina gheorghe ion matei mihai oana radu vasile
albanian: ajla alteo amaris ambra amelja dion klea leandra melisa reina roan roel
georgian: aleksandre andria barbare demetre elene giorgi lile mariami nia nikoloz nutsa sesili
${SHARED_GIVEN}`)
