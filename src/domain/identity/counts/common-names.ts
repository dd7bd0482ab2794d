import { MORE_FAMILY, MORE_GIVEN } from './more-names.ts'
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts'
import { readWords } from './read.ts'

/**
 * Names that many people of some country have and the counted names seldom, as these are of one field: the commonest family names of 75 countries and given
 * names of 106 (popular-names-by-country-dataset, CC0, from lists of the most common names), and further ones of countries and generations that it lacks.
 * In the spelling of `nameKey`, without spaces. Those that `names.ts` has as common are not repeated.
 */
const FAMILY = readWords(`
abazi abbas abbasi abbasov abdallah abdel abdelrahman abdrahmanov abdullaev abdullah abdullahi abdullayev abe abebe abubakar
abuladze acosta adams adary adebayo ademovic adeyemi adilovic adrei aferdita aggarwal aguilar aguilera aguirre ahamed ahmad ahmadi
ahmadov ahmed ahmetov ahmetovic ahn ahonen aigner aivaliotis akbari akhtar akter alam alarcon albrecht aleksandrov alekseev
aleksejev alemu alexander ali aliev alievi aliyev allen almeida alonso alvarado alvarez alves amangeldy amar amarasinghe amato
amer amin amini andersen anderson andersson ando andov andrade andre andreassen andreev andrejev ang angelov angelova ansari
antunes aoki appiah aquino arai arakelyan araujo aravena araya arben arias arnold arora arslan asadi asante ashkenazi aslan attard
auer avetisyan avila avraham ayala aydin azevedo aziz azoulay ba babic bae baek baez bagheri bah baig bailey bairamov bairamovi
bajaj bajram bak baker bakker bakr balaz balazs balodis balog balogh balogun bandara banerjee bansal barbieri barbosa bardhi
barisic barman barnes barone barros barry basile battaglia bauer baumann baumgartner bautista beck becker begu begum behera bekele
bekim bektashi bell bellini bello benali bendavid benedetti bengtsson benitez bennett berg berger bergmann beridze berisha bernard
bernardi berndsen bertrand berzins bhak bhat bhatt bhattacharya bhattacharyya bianchi bianco binder bird bishwakarma biswas biton
bizjak black blanc blanco blazevic blondal boateng bogdanov bohm bolat bolkvadze bondar bondarenko bonnet borg borisov bos bose
bosnjak botha boyko bozic bozinov brahimi brandt brankov braun bravo breathnach briem brooks brouwer brown brunner bruno bui bun
burke busch bustamante bustos butkiene butkus butler butt byrne bytyqi cabrera caceres calderon calvo camacho camara cami
camilleri campbell campos can cano caputo carbone cardenas cardoso cardozo carrasco carrillo carrizo carter caruso carvajal
carvalho castaneda castelli castillo castro cattaneo cavalcante cavalcanti ceban cebotari celik cengic cerna cerny cervantes cetin
cha chadad chai chakraborty chan chand chandra chathuranga chatterjee chaudhary chauhan chavez chazan chea cheam cheon cheong
chetry cheung chevalier chey chhan chhet chhetri chhim chhoa chhorn chiba chim chin chiu choa choe chong choo chopra choudhary
choudhury chow choy christensen christiansen chua chukwu chun chung ciobanu claes clark clarke clement coelho coi cojocari cole
coleman collins colombo conte conti contreras cook cooper coppola corpuz correa correia cortes cortez costa coulibaly cox cruz
cunha dabrowski dagostino dahan dahl dam damcevski damico dang dangelo danielsen dao darwish dash datta david davidov davies davis
davtyan deangelis deboer degraaf degroot deguzman dejong dekker delacruz delemovic deleon delgado delic delossantos delrosario
deluca delvina demir demirovic denis deo derosa dervishi desai desantis deshpande desilva desmet devi devries dewit dey diallo
dias diaz dibra diederich dietrich dijkstra dimitriou dimitrov dimitrova din dinh diop dissanayake distefano dith dizon djordjevic
djurhuus dlamini dmitriev do doan dogan doherty domingo dominguez donev donoso dordevic doyle droplets duarte dubey dubois dukic
dul dumitru dumont duong dupont durand duric dutta dvorak dvorakova dwivedi eam eaw ebner ebrahimi eder edirisinghe edri edry
edwards egger eglitis egorov egzon ek ekanayake ellis elsayed emine endo eng engel eom eriksen eriksson escobar espinoza esposito
estrada evans eze fabbri faber fallah farias farina farkas farouk farrugia fatime faure fedorov feher fekete ferhatovic fernandes
fernandez fernando ferrara ferrari ferraro ferreira ferretti ferreyra ferri figueiredo figueroa filipov filipovic fiore fischer
fisher fjeldsted flores fonseca fonseka fontaine fontana foster fouad fournier francisco franco francois frank franke fraser
frasheri frei freitas friedman friedrich frolov fuchs fuentes fujihara fujii fujimoto fujita fujiwara fukuda gabai gagnon gajdos
gal galea galeano gallagher gallardo gallego galli gallo gamage gamal gang garcia garg garnier garrido garza gashi gatti gauthier
gega gegaj gelashvili gentile georgiev georgieva georgiou gerber gevorgyan ghanem ghang ghasemi ghazaryan gheorghe ghim gibson gil
gill gim gimenez giordano giorgadze girard girma giuliani gjika gjoni go godoy goel gogoladze goh golan golob golubev golubovic
gomes gomez goncalves gonzales gonzalez goo goossens goto goundar gouw govender grabowski graf graham grassi grasso gray grech
greco green grgic grigoriev grigoryan gross gruber guerin guerra guerrero guliyev gunasekara gunawardana gunawardena gunther
gurung gusev gustafsson gutierrez gutu guzman gwak gwon ha haas hadad haddad hadzic hagen hah hahn haile hakobyan halili hall
halvorsen hamalainen hamdan hameed hamid hamilton hansen hansson hara harada harris hartmann harutyunyan hasan hasani hasanov
hasanovic hasegawa hashemi hashimoto hassan haugen hayashi hazan hegde heidari heikkila heikkinen heilig heinonen heinrich
henderson hendriks heng henriksen henriquez henry heo her herath hernandez herrera hettiarachchi hidayat hill hirano hjaltalin ho
hoa hoang hocevar hodzic hofer hoffmann hofmann hojgaard horak horakova horn horvat horvath hossain hosseini hoti hovhannisyan
howard hoxha hribar hristov hristova huaman huber hudak hughes hun hunt hunter hur husain huseynov hussain hussein huynh hysi
ibanez ibarra ibraev ibragimov ibrahim ibrahimovic ichikawa ieong iglesias ikeda ilic iliev ilieva ilves ilyin im imai inoue
ionescu iqbal isaev ishida ishii ishikawa iskakov islam ismail ismailov ismayilov ito iu iusupov iv ivanou ivanov ivanova ivanovic
ivanovski iwasaki iyengar iyer jackson jacobs jacobsen jafari jafarov jager jakobsson james janev jankauskas jankauskiene
jankowski jansen jansons janssen janssens jansson jara jarvinen javier jayasekara jayasinghe jayasuriya jayawardana jayawardena
jayaweera jean jee jen jenkins jensen jeon jeong jesus jimenez jo joe joeng joensen johannesen johannessen johansen johansson
johnsen johnson jokinen jonsson joo jordan jorgensen jovanovic joy ju juarez juhasz jukic jun juric juu kaczmarek kaiser kaliev
kalloe kalnins kamal kamau kamel kaminska kaminski kaneko kapanadze kapoor kar kara karapetyan karim karimi karimov kariuki
karjalainen karklins karlsen karlsson karpin karunaratne kask kastelic kastrati kato katz kaur kavaliauskas kavaliauskiene
kavaliou kavcic kawano kaya kayser kazemi kazlauskas kazlauskiene kazlou kazlouski kebede keita keller kelly kelmendi kennedy keo
khachatryan khalil khanna khat khatun khay khen khiev khlot khmer khoury khuc khutsishvili kieffer kikuchi kilic kimura king
kinnunen kinoshita kiselev kiss kitanovski klavins klein klemencic kluivert knezevic knight ko koak kobayashi koc koch koh kohler
kojima kola kolar kolla kollar koller koloski kondo kone konig kono kontos koo koppel koren korhonen korolev korosec koroveshi kos
kosir koskinen kostov kostovski kotnik koufos kovac kovacevic kovacic kovacik kovacs koval kovalchuk kovalenko kowalczyk kowalska
kowalski koyama kozlov kozlowski krajnc kralj kramer krasniqi kraus krause kravchenko krawczyk kremer krier krishnan kristensen
kristi kristiansen kristo kritikos krlicevic kruger krumins kryeziu kucera kucerova kudo kuen kuhn kuhne kukk kumara kumari kuqi
kurniawan kurt kusainov kuzmin kuznetsov kuznetsova kvaran kvaratskhelia kwak kwiatkowski kwok kwon la laci lagos lahtinen laine
laitinen lakatos lakmal lal lam lama lambert lang lange lao lara larsen larsson lata lau laurent law lebedev lechner leclercq
ledesma lefebvre lefevre legrand lehmann lehner lehtinen lehtonen leitner leiva lejeune leka leon leone leroy lestari leung levi
levin levy lewandowski lewis lie liem liepins lima lindberg lindstrom liyanage lombardi lombardo lomidze longo lopes lopez lorenz
lorenzo lou lourenco lovric low lozano ludwig luka lukac lukic lum luna lund lundberg lungu luong luu ly lynch lysenko mac
maccarthaigh macdonald macgabhann machado madrigal madsen madusanka maeda maes magar magi magnusson maharaj maharjan mahmood
mahmoud mai maier maisuradze majerus mak makarov makela makinen maksimov malcah maldonado malhotra malik malka mamani mamedov
mamedovi mammadov manalo manasievski mancini mandal mansour manukyan marat marchenko marchetti margaryan mariani maric marin
marini marino markoski markov markovic markovski marku marques marquez marroquin martinelli martinez martini martino martins
martirosyan maruyama mason masson masuda matei mathieu matic matos matovski matsuda matsui matsumoto mattila mayer mayr mazur
mazza mccarthy mcdonald mchedlishvili mean means meas medina mehmedovic mehmeti mehta meier meijer mejia mekonnen melnic melnyk
melo mendes mendez mendis mendoza menon mensah mercado mercier mertens messina meszaros meyer meyers meza miah micallef michel
mihhailov mikeladze mikhail mikhailov mikkelsen miller milosevic min miranda mirkovic mirza misra mitchell mitrovic mittal miura
miyamoto miyasaki miyazaki mizrachi mizrahi mkrtchyan mladenovski mlakar mohamed mohammad mohammadi mohammed mohan mohanty molina
moller molnar mon mondal montanari monteiro montes monti moon moore mora moradi morais morales moreau moreira morel morelli moreno
moretti morgan mori morin morina morita moroz morozov morozova morris mortensen moser moshe mostafa mousavi muhamet muhammad mul
mulder muller mun munasinghe munn munoz munteanu murakami murat murata murati muratovic murphy murray murthy musa mustafa muy
mwangi myers mytaras na nagy naidoo naidu nair najafi najjar nakagawa nakajima nakamura nakano nakashima nakayama nam nan
nanayakkara nand narayan nascimento nasr nasser nath nava navarrete navarro nawaz nazari ndiaye ndlovu nelson nemcova nemec nemeth
nepali neri neumann neves ngo nham nhek nicolas nielsen niemi nieminen nikitin nikolaev nikolic nikolla nikolov nikolova
nikolovski nilsen nilsson nishimura njoroge nkosi no noguchi noh nomura norddahl norouzi novak novakova novik novikov novikova
novotna novotny nowak nozadze nugroho nunes nunez nurgaliev nwosu obi oblak obriain obrien obroin obyrne ocampo oceallaigh ochieng
ochion ochoa ocinneide oconchuir oconnor ocuinn odhiambo odochartaigh odoherty odubhghaill ogallagher ogallchoir ogawa ogunleye
ohana ohayon ohno ok okada okafor okamoto okeke okelly okoro olah olawale olivares oliveira oliynyk olofsson oloingsigh olsen
olsson om omar omarov omer omoore omordha omuireadhaigh omurchu oneill ong ono oquinn oraghallaigh oravec oreilly orellana oriain
orlando orlov orozco ortega ortiz oryan osei osman ospanov osuilleabhain osullivan ota otero othman otieno otsuka otto owens owusu
oyama ozdemir ozkan ozolins ozols ozturk pacheco padilla pae pagano pai paik pak pal palma palmer palmieri palumbo panda pandey
papadakis papadopoulos papoutsis papp paredes parisi pariyar parker parn parra pathirana patil patterson paul paulauskas
paulauskiene pavic pavlov pavlova pavlovic pavlovski paz pedersen peeters peiris pellegrini pellegrino pen pena penov peralta
pereira perera peretz pereyra perez peric perkovic permeti perovic perrin perry persson petek peters petersen peterson petersons
petit petkov petrauskas petrauskiene petrenko petrevski petrosyan petrov petrova petrovic petrovski pettersen pettersson pfeiffer
phak pham phan phi phillips phung phy pichler pillai pillay pinas pino pinto piotrowski piras pires pizarro poblete poghosyan pohl
pok pokharel pokhrel polak poli polishchuk polyakov ponce pop popa popescu popoff popov popova popovic popovski portillo potocnik
poulsen powell pradhan prakash prasad pratama price prieto prifti prishtina prochazka prochazkova putri quach quinn quiroga quispe
quliyev qureshi ra racz radic radovic radu radulovic rahimi rahman rahmawati rai raj rajan rajapaksha rajendran ram ramadan raman
ramesh ramirez ramos rana ranasinghe ranaweera rangel rantanen rao rashid rasmussen rathnayaka rathnayake ratnayake raza rebane
reddy reed reid reilly reis reiter reuter rey reyes reynolds rezaee rezaei rhee rhim ribeiro ricci richard richardson richter ries
rim rinaldi rios riquelme ristevski riva rivas rivera rivero rizzi rizzo robert roberts robertson robin robinson robles rocha
rodrigo rodrigues rodriguez rogers roh rojas romano romanov romeo romero ros rosales rosario rosas rosca rose ross rossetti rossi
rostami rotari roth rousseau roussel roux roy rozman rubio rudenko ruggiero ruiz russell russo rusu ryan ryang ryoo ryu saad saar
saarinen saavedra sabajo sadeghi sadykov saeed saez sah saha sahakyan sahin sahoo said saito sakai sakamoto sakurai sala salah
salas salazar saleh salehi salem salihovic salinas salminen salo salonen salvador sam samaras samarasinghe sampath san sanchez
sanders sandhu sandoval sang sanhueza sani sanjeewa sanmartin sanna sano santana santiago santoro santos santoso sanz saputra
sargsyan sari saric sarkar sasaki sat sato sauer savchenko savic savolainen saxena say sayed scheving schiltz schmid schmidt
schmit schmitz schneider scholz schreiber schroder schroeder schubert schulte schulz schumacher schuster schwarz scott segal segel
segura seidel semenov semil semjonov semyonov sen senanayake seneviratne seng seo seoh seong sepp sepulveda sergeev serra serrano
sethi setiawan shah shahbazi shaikh shaker shala shapira shapiro shaw shehu sheikh shengelia shetty shevchenko shevchuk shibata
shim shimada shimizu shkodra shkreli shong shrestha shrivastava shukla shung siddiqui sieng silva silvestri sim simic simoes simon
simonsen simpson simsek sin sinani singhal sinha sirbu smagulov smirnov smirnova smit smits so soares sohn sok sokolov sokolova
soleimani soliman solis soloviev solovyov som sommer son sonn sor sorensen soria soriano sorrentino sosa soto soun sousa souza sow
spiteri srivastava stan stankeviciene stankevicius stankovic steffen stein steiner stepanov stevens stewart stoica stojanov
stojanovic stone stoyanov stoyanova suarez subotic subramaniam subramanian suen sugahara sugawara sugiyama suh suharto suleiman
suleimenov suljic sullivan sultanov sung suresh susanto suy suzuki svensson svoboda svobodova szabo szilagyi szymanski ta
tabatadze tadesse taha taheri tahirovic taing takacs takada takagi takahashi takaki takata takeda taketa takeuchi tal tam tamang
tamm tamura tanaka taniguchi tapia tat tavares taylor teixeira teo teoh tep terzic tesfaye testa thach thai thakur than thanasi
thapa tharu thill thomas thompson thomsen thorarensen thorlacius thuong thy tieu ting tiong tiu tiwari tjin tkachenko tkachuk to
todorov todorova tolentino tomic toro torok torres toska toskaj toth toure toy trac trajanoski trajanovski trajcevski trajkovski
traore tremblay trieu trinh trivedi truong tsai tsang tsay tse tsiklauri tsoi tsui tuominen turcan turk turner turunen ty uch
uchida uddin ueda ueno ueta uhm um ung urbonas urboniene ursu usman uy valdes valdez valencia valente valentini valenzuela valon
valverde vanags vandenberg vandermeer vandermerwe vandijk vandyk vang vanleeuwen vardanyan varela varga vargas varma vasiliauskas
vasiliauskiene vasiliev vasilyev vasquez vassiljev vazquez vega velasco velasquez vella venegas vera vergara vesela vesely vidal
vidmar vidovic vieira villa villalba villalobos villanueva vincent vinogradov virtanen visser vitale vitols vo vogel vogt voigt
volkov volkova vong vorobyov vos vujic vujovic vukovic vuong waage wada wagener wagner walker wallace wallner walsh wanjiku waqa
ward watabe watanabe watson webb weber weerasinghe weiss welter werner west white wibowo wickramasinghe wijaya wijesinghe willems
williams wimmer winkler winter wisniewska wisniewski wojciechowski wojcik wolf wolff wong woo wood woods wouters wozniak wright
yadav yakovenko yakovlev yamada yamaguchi yamamoto yamasaki yamashita yamazaki yanez yau yeong yeung yildirim yildiz yilmaz yim
yip yokoyama yoon yos yosef yoshida youn young yousef youssef yun yusuf zagar zaitsev zakharov zaki zammit zamora zarei zarins
zaytsev ziegler zielinski zimmermann zoeng zukauskas zukauskiene zukic zuniga zupan zupancic zuu
${MORE_FAMILY}`)

const GIVEN = readWords(`
aada aadhya aarav aariz aarya aasha abbas abd abdallah abdelkader abdoulaye abdulaziz abdulla abdullah abdullo abdulrahman abebe
abubakr abulfazl adama adebayo adel adela adele adin aditi adnan adomas adriana adrians afonso agnes agnieszka agus agustin
agustina ahmet aicha aiden aikaterini aimar aino aisha aisultan aisyah aitana aiur ajda ajla akiko akira aksel alain alanoud
alastair alberte aldiyar aleks aleksandar aleksander aleksandra aleksandre alessia alexandru alfie aliasaf alicja alikhan alina
aline alinur alireza alisa alise aliya alma alok alparslan alphanunualpha alteo althea alvaro alysha amahle amaia amal amalie amar
amara amaris amayra ambar ambra ambre ameer amelia amelija amelja amina aminata amine amira amirabbas amirali amirhossein ammar
amr amy anahit anamaria anand anar anastasija anastasiya anatoly anders andi andreea andrei andrej andres andria andrias andriy
androula andrzej ane angel angeles angeliki angelina angeline angelo anita anja anjali ann annie annika anohito antonella antoni
antonia antti anurag anzu aoi aoife aputsiaq aras archie areg areni aria ariana arianna ariel arman armen armine aron arpi artiom
artyom arun aruuke aruuzat asel asemahle ashley ashok ashot ashraf ashraqat asif asilim asiya asja asmita assia asta astrid asya
athanasios athena atlas attila august aurora austin ava aviana avigail awa aya ayala ayalah ayesha aygun ayim ayla aylin ayman
ayoub ayra aysa ayse aysel ayzere azaria azariah aziz azorakiara azra bader bakary bandar banele baran barbare bart bautista
bayarmaa beatriz benas bence benedita benicio bernard berrdo beshoi betty bibek biel bilal biljana billy binita bintou birgit
birgitta bisera bishal bismah bob bobby bogdan bogdana boglarka bolormaa boris brahim brandon brenda brigitte bruce bruno budi
byung camila camille carla carlo carmela carmen carol carolina carolyn catalina caterina cecilia celeste celine cesar charbel
charlie charlotte chedeline cheryl chiahao chiara chienhung chihchiang chihhao chihming chihwei chinedu chinlung chloe chukwuemeka
chul chuluun chunchieh chunhung cillian ciro claude concepcion cornelis cristina cynthia daisuke daisy dalal dalila damian damjan
danel danielalejandro daniels danijel danna danylo daria darija daris darta dave davi davit davud deborah debra deepa defne dejan
delfina deltaetamuetataurhoalpha demetre dennis dewi dhia diane diegoalejandro dieter dimitar dimitra dimitrios dion djamel
djeneba dmitri dmytro doha dolores domenico dominykas don donghyun dongmin dongwoo donna dora dorothy doyun dragan dragana duarte
dunja dusan dylan dyllan dzan eabha ecrin edouard eduardo eeli eevi eiji eino eisha eitan eithan elchin elene eleni elias elie
elif elija elijah eliska elizaveta ella elli ellie elmar elnur elshan elyas elza ema eman embla emeka emelia emely emi emilia
emiliano emilija emiliya emils emine emir enrico epsilonlambdaepsilonnueta erzsebet esma esperanza esther eun eunji eunjung eunwoo
evelina evelyn evens evgeniy evgeny evie ewa eylul eymen ezekiel fadi fahad fahd faisal fajr fanta farah farhan farida farrah
farzana fatemeh fatemehzahra fatima fatin fatma fatoumata federica felipe ferenc fernanda ferndo fiadh finlay finn fiona fozia
fran frances francesca francisca francisco franciszek franco francoise frederick freja freya frida frieda fuma gabija gabor
gabriela gael gagik galina gamalat gamila ganesh gareth gaspar gayane geert georgi georgia gerard geronimo geun gevorg gheorghe
gianna gilli gillian ginevra giorgi giorgia giorgio giovanna girish gita giuseppina gloria gogo goktug googoosh goran gordana
grzegorz guadalupe gudrun gunay gunel gunter gurpreet gustavs gyu habib habiba hadicha haeun hajoon halim hamid hamidreza hamza
hana hans harin harish harper harpreet harraz harris harry haru haruma harun haruna haruto hashem hasmik hasnaa hatice hawa hayk
hayoon heather hee heejin heikapu heike heikki heinz heitor helena helma helmi helmut hemant hendrik henrik herkus hesham hessa
hideki hideo hien himari hina hinano hinata hinato hiro hiroko hiroshi hiroyuki hisham hjordis ho hoa hoda horst hosna hosniya
hovhannes hudson hugo huong hur huseyin huseyn hussa hussain hussein huy hydar hyeon hyunjin hyunsoo hyunwoo ibai iben ibrahim
ichun ida ifeanyi igor iker ilgar ilija ilona ilya iman imene iminathi imogen imran inaya inci indira ines ingrid inuk inunnguag
inutsiaq ioane ioanna ion irati isaac isabella isabelle isak isidora isla islande ismail istvan itsuki ivaana ivalu ivana ivik ivy
izaro izz jacqueline jacques jad jade jae jaeho jaehyun jaewon jakov jakup jameson jana janice janos jaroslav javed jekabs jelena
jeremy jeroen jeronimo jerry jerzy jesus jihoon jihyun jim jinho jinwoo jinyoung jiri jisoo jitendra jiwon jiwoo jiya jiyoo
jiyoung joan joanne joaquin joe jogvan johan johnny jokubas jokull jong jonghyun jongmin joon joonho jordi jorg jorgen jori josefa
joseluis josiah josip jouri jovan jovana joyce jozsef juana juanandres juancarlos jude judeline judith juha jukka julen jules
juliana julieta juliette julija june junho junhyuk junichi junior junko jurgen juwon jyoti kabir kabita kadiatou kaia kairo kajus
kaloyan kamal kamile kamran karam kareem kari karim karima karin karine karl karlis karolina katalin katarzyna katerina kathem
kathryn katla kavita kazi kazuhiro kazuki kazuko kazuo keanu kees kei keiji keiko kelly kenichi kenta keven khadija khadije khaled
khalid khawla khongordzol ki kiaan kiara kimberly kiran kirollos kiwa kjell klaus klea koa koen kofi koichi konstantin konstantina
konul kora ksenija kumiko kwabena kwame kwang kyra kyriaki kyung kyungho laia lakshmi lalit lamija lana lara larry lars laszlo
latifa lavi lawrence layla lazar lea leah leandra leano leen leevi leila leja lejla leni lenka lenna leo leon leonor leordo lesedi
lethabo lethokuhle lev levente levi lewis leyla lia liam lian lianne lidia liepa lihua lile lilien lilit lilja lillie lilly lily
lina linda linh lio lisakhanya liv livia liz ljiljana louise lourenco lovelie lovely lovro luana lubanzi luc luciana luciano
lucija ludmila ludovica luigi luiz luka lukne lulwa luna lur lusine lwandle lydia lyn lyna maarten mabel maddi madina madison mael
maeva magdalena magnus maha mahamadou mahammad mahesh mahmood mai maia maite maja maksim maksym malachi malak malek malen
malgorzata maligiaq malik malthe malu mamadou manaia maneh manfred manish manoj manpreet manua manuela marama marcell marcia
marcin marcoantonio mareva margaret margareta margarida mari mariaalice mariadelcarmen mariafernanda mariajose mariam mariami
mariana mariateresa marija mariko marios mariya markas markel marko marks marta martha marti martim martine marwa mary marya
maryja masa masahiro masao masayuki masoud masoumeh massimo matas mate matei matej mateo mateus matias matija matilda matilde
matthildur matti mattia mattias matvey matyas maui maxim maximilian maximiliano maya maysoun mayumi meena mees mehar mehmet mehran
meihui meiling melina melisa melissa melokuhle meriem merjem mersana meryem mia michail michalis michel michelle michiko
miguelangel mihai mihail mika mikael mikaere mikayel miki mikolaj mila milagrosa milan milana milena milica millie milos mina
minato mingze minho minik minjae minji minjun minjung minkyu minoru minseok minsu mio mira mirac mirjana mirlande miroslav mitsuru
moana modibo moea moeata mohamad mohammadreza mohammadtaha mohammed mohan mohd mona monika monte morten moussa muchen muhamad
mukesh murad murat musa mustapha muyang mwangi mykhaylo myrlande myung nada nadeem nadezhda nagi nagisa nahia naim nam naoko
naranbaatar nare narek naresh narine natalie natalija nathalie nattapong naura naveed naveen naya nazaninzahra neeraj neha nehir
neil nela nelio nesreen neza ngoc nia nick niel niels nigel niharika nik nika nikau niko nikodem nikol nikolai nikoloz nil nilay
nina nino nisha nitin nivi niviaq noa noam noboru nobuo nobuyuki noemi nomaan noor nor nora noriko norsaq nouf nour nuka nuno nur
nuray nurislam nurul nutsa odval ofentse oihan oisha oisin oksana ole oleksandr oleksandra olivia olivier oliwia olof olumide
oluwaseun omer omerasaf omphile ona onni osamu oskar osman otieno oumar oumou oyunbileg pamela panagiota panagiotis paneeraq
paninnguaq pankaj paola paraskevi pari patricia patricija pau pawan pekka penelope per petar peterson petra phuong pieter pilar
pipaluk poema pol pola polina pooja prasert prashant praveen preeti prem princess priya puja puteri qillaq quang rabina rachid
radha radmila raghav rainer rajeev rajendra rajesh rajkumar ralf ralfs ralph ram ramazan ramona randy rani rania raquel rashad
rasmus raul ravi ray raya rayana raymond reem reema refael regina rei reina rekha relja ren renata renate rethabile ria rian
riccardo riko rin ritu roan roberts roel roghayyeh roko rolf ronald ronja rory rosa rose rosemerline rosie rosmery rowan roxana
russell ruth ryuichi saar sachin saeid safija safiya saga sahar said sakeena sakineh sakura salah saleh salem saliha salik salma
salome salvatore sama samantha sameer sami samir samvel samyar sandor sandrine sang sangeeta sanghyun sangmin sangwoo sanjay
santosh saqib satish sebastien seema seiji sekou selim selma sem seoah seojun seoyun sergei sergio serife sesili seung seunghyun
seungwoo sevda sevinj shahd shahem shahid shaikha shailesh shaimaa shalini shams sharon shayma sheikh sherif sherifa shilpa shin
shinichi shinji shirley shivansh shota shristi shuchen shuchuan shufen shuhua shuhui shuji shweta shyam siddhartha sienna sik
simona sipho siphosethu sita siti siwoo smita sneha snezana so sobia sofi sofie sofija sofiya soley solja solomiya soma somayyeh
somboon somchai somporn somsak sonia soo sooah soojin sookyung sooyoung soren souleymane sri stanislaw stanley stefanie stephane
stephanie steve stevenson stuart subhash sudhir suha suk sultan sumayah sun sungho sunghoon sungmin sunhee sunil sunita suresh
susanna susanne sushma susumu suzana svein svetlana swati syed sylvie szymon tadhg tae taeho taehyun taha taim takayuki takeshi
takuya tamar tamas tamatoa tapuarii tara tarana tarek tareq tariq tarita tarun tatiana tatsuki tehei teiki teiva teo teodor teresa
tereza terry tesfaye tess tetsuya teura teva thabo than thanh thaniel thao theo theodor theodore thi thuy tiago tiare tigran timo
timofey titaina titaua toivo tomasz tomohiro tomoko tomyris toshio tracy trang trinidad trondur tsuyoshi tuleen tunar turki uiloq
ulloriaq uma umar umesh uri ursula usha usman uta uwe vaclav vaea vaino valdemar valeria valerie valter vamika vandana var varvara
vasile vasilije vasiliki vasilisa vedant venkatesh venla vera veronika veronique vesna vicente victorhugo viktoria viktorie
viktoriya vincenzo vinod violeta viraj virginia vishal vita vitor vittoria vladyslav vojtech vugar vuk vusal vusala wan waqas
wassim wateen wayne wenhsiung werner widelene willem willow wilson wim wonjun woo ximena yamato yara yasmin yasmine yasna yasser
yassin yasuhiro yasuo yating yehuda yejun yekaterina yelena yen yeva yihan yimo yinuo yize yoana yogesh yoko yonas yoshihiro
yoshio yoshiyuki younes youngho youngjin yousef yousouf youssef yua yuina yuji yujin yujun yuko yuma yumi yuna yunho yuri yury
yusef yusif yusuf yuxi yuze zahid zahir zahra zainab zala zalan zan zdenek zehra zeinab zeynab zeynep zina zion zoe zofia zoltan
zoran zumra zuzanna
${MORE_GIVEN}`)

/** Fewest times that a family name was counted to be that of many. */
const COMMON_FAMILY = 8

/** Whether a family name is that of many somewhere, also as women have it in Slavic countries, Lithuania apart, and Central Asia: Akhmetova, Kowalska. */
export const isCommonFamily = (word: string): boolean =>
  isCounted(word) || (OF_WOMEN.test(word) && isCounted(word.replace(OF_WOMEN, ofMen)))

const isCounted = (word: string) =>
  (FAMILY_NAMES.get(word) ?? 0) >= COMMON_FAMILY || FAMILY.has(word)

const OF_WOMEN = /(?<=[oe]v|[iy]n)a$|(?<=[sc]k)a$/
const ofMen = (_: string, at: number, word: string) => (word[at - 1] === 'k' ? 'i' : '')

/** The same of a given name. */
export const isCommonGiven = (word: string): boolean => GIVEN_NAMES.has(word) || GIVEN.has(word)
