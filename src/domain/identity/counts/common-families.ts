import { readAreas } from './read.ts'

/**
 * Family names that many people have, by area: the most common of 75 countries (popular-names-by-country-dataset, CC0, from lists of the most
 * common names), further ones of countries that it lacks, and those that `names.ts` counted 8 times or more. In the spelling of `nameKey`, without spaces. An
 * area comprises countries that share a stock of names: `arabic` extends from Morocco to Bangladesh, `english` includes names that came to America. In
 * Myanmar all words of a name are common, and none is a family name.
 */
export const FAMILY_AREAS = readAreas(`
english: adams alexander allen anderson bailey baker bao barnes bell bennett black breathnach brooks brown burke
english: butler byrne campbell cao carter cheng clark clarke cole coleman collins cook cooper cox cui dai davies davis
english: deng ding doherty dong dou doyle du duan edwards ellis evans fan fang fei feng fisher foster fraser fu gagnon
english: gallagher ge gibson gong graham gray green guan hall hamilton hao harris henderson hill hou howard hua hughes
english: hunt hunter jackson james jenkins jia jiang johnson jones kaur kelly kennedy king knight kong lai lan lewis
english: liang liao lu lv lynch lyu maccarthaigh macdonald macgabhann mason mccarthy mcdonald miller mitchell moore
english: morgan morris murphy murray myers nelson nie niu obriain obrien obroin obyrne oceallaigh ocinneide oconchuir
english: oconnor ocuinn odochartaigh odoherty odubhghaill ogallagher ogallchoir okelly oloingsigh omoore omordha
english: omuireadhaigh omurchu oneill oquinn oraghallaigh oreilly oriain oryan osuilleabhain osullivan ou owens palmer
english: pan parker patterson peng perry peterson phillips powell price qi qian qiao qin qiu qu quinn reed reid reilly
english: ren reynolds richardson roberts robertson robinson rogers rose ross roy russell ryan sanders scott shang shao
english: shaw shi simpson smith stevens stewart stone sullivan tao taylor thompson tian tremblay turner walker wallace
english: walsh wan ward watson webb wei wen west white williams wilson wood woods wright xia xiang xiao xie xing xiong
english: xue yan yao ye yin you yuan zeng zhai zhan zheng zhong zhuang zou
spanish: acosta aguilar aguilera aguirre alarcon alonso alvarado alvarez aquino aravena araya arias avila ayala baez
spanish: bautista benitez blanco bravo bustamante bustos cabrera caceres calderon calvo camacho campos cano cardenas
spanish: cardozo carrasco carrillo carrizo carvajal castaneda castillo cervantes chavez contreras corpuz cortes cortez
spanish: deguzman delacruz deleon delgado delossantos delrosario dizon domingo dominguez donoso escobar espinoza
spanish: estrada farias fernandez ferreyra figueroa francisco fuentes galeano gallardo gallego garrido garza gil
spanish: gimenez godoy gonzales guerrero guzman henriquez herrera huaman ibanez ibarra iglesias jakobsson jara javier
spanish: jimenez juarez lagos lara ledesma leiva leon lindberg lorenzo lozano luna madrigal maldonado mamani manalo
spanish: marin marquez marroquin medina mejia mendez mendoza mercado meza miranda molina mora moreno munoz nava
spanish: navarrete navarro nunez ocampo ochoa olivares orellana orozco ortega otero pacheco padilla palma paredes
spanish: parra paz pena peralta pereyra pettersson pino pizarro poblete ponce portillo prieto quiroga quispe ramos
spanish: rangel rey rios riquelme rivas rivero robles rojas romero rosales rosario rosas rubio ruiz saavedra saez
spanish: salas salazar salinas salvador sandoval sanhueza sanmartin santana santiago sanz segura sepulveda serrano
spanish: solis soria soriano sosa soto suarez tapia tolentino toro valdes valdez valencia valenzuela valverde varela
spanish: vargas vasquez vazquez vega velasco velasquez venegas vera vergara vidal villalba villalobos villanueva yanez
spanish: zamora zuniga
indian: aggarwal ahamed amarasinghe arora bajaj bandara banerjee bansal barman behera bhat bhatt bhattacharya
indian: bhattacharyya bishwakarma biswas bose chakraborty chand chandra chathuranga chatterjee chaudhary chauhan
indian: chetry chhetri chopra choudhary choudhury dash datta deo desai deshpande desilva devi dey dissanayake dubey
indian: dutta dwivedi edirisinghe ekanayake fernando fonseka gamage garg goel goundar gunasekara gunawardana
indian: gunawardena gurung hegde herath hettiarachchi iyengar iyer jayasekara jayasinghe jayasuriya jayawardana
indian: jayawardena jayaweera kapoor kar karunaratne khanna krishnan kumara kumari lakmal lal lama lata liyanage
indian: madusanka magar maharaj maharjan malhotra mandal mehta mendis menon misra mittal mohanty mondal
indian: munasinghe murthy naidu nair nanayakkara nand narayan nath nepali pal panda pandey pariyar pathirana patil
indian: peiris perera pillai pokharel pokhrel pradhan prakash prasad rai raj rajan rajapaksha rajendran ram raman
indian: ramesh rana ranasinghe ranaweera rao rathnayaka rathnayake ratnayake reddy rodrigo sah saha sahoo samarasinghe
indian: sampath sandhu sanjeewa sarkar saxena senanayake seneviratne sethi shah shetty shrestha shrivastava shukla
indian: singhal sinha srivastava subramaniam subramanian suresh tamang thakur thapa tharu tiwari trivedi varma waqa
indian: weerasinghe wickramasinghe wijesinghe yadav
balkan: ademovic adilovic ahmetovic andov angelov angelova babic barisic bizjak blazevic bosnjak bozic bozinov brankov
balkan: cengic damcevski davidov delemovic delic demirovic dimitrov dimitrova djordjevic donev dordevic dukic duric
balkan: ferhatovic filipov filipovic georgiev georgieva golob golubovic grgic hadzic hasanovic hocevar hodzic horvat
balkan: hribar hristov hristova ibrahimovic ilic iliev ilieva ivanova ivanovic ivanovski janev jovanovic jukic juric
balkan: kastelic kavcic kitanovski klemencic knezevic kolar koloski koren korosec kos kosir kostov kostovski kotnik
balkan: kovacevic kovacic krajnc kralj krlicevic lovric lukic manasievski maric markoski markov markovic markovski
balkan: matic matovski mehmedovic milosevic mirkovic mitrovic mladenovski mlakar muratovic nikolic nikolov nikolova
balkan: nikolovski oblak pavic pavlovic pavlovski penov peric perkovic perovic petek petkov petrevski petrova petrovic
balkan: petrovski popoff popovic popovski potocnik radic radovic radulovic ristevski rozman salihovic saric savic
balkan: simic stankovic stojanov stojanovic stoyanov stoyanova subotic suljic tahirovic terzic todorov todorova tomic
balkan: trajanoski trajanovski trajcevski trajkovski turk vidmar vidovic vujic vujovic vukovic zagar zukic zupan
balkan: zupancic
arabic: abbas abbasi abdallah abdel abdelrahman abdullah ahmad ahmadi ahmed akbari akhtar akter alam amer amin amini
arabic: ansari asadi aziz bagheri baig bakr begum darwish ebrahimi elsayed fallah farouk fouad gamal ghanem ghasemi
arabic: haddad hamdan hameed hamid hasan hashemi hassan heidari hossain hosseini husain hussain hussein iqbal islam
arabic: ismail jafari kamal kamel karim karimi kazemi khalil khatun khoury mahmood mahmoud malik mansour miah mikhail
arabic: mirza mohammad mohammadi moradi mostafa mousavi muhammad mustafa najafi najjar nasr nasser nawaz nazari
arabic: norouzi omar osman othman qureshi rahimi rahman rashid raza rezaee rezaei rostami saad sadeghi saeed said
arabic: salah saleh salehi salem sayed shahbazi shaikh shaker sheikh siddiqui soleimani soliman taha taheri uddin
arabic: yousef youssef yusuf zaki zarei
japanese: abe ando aoki arai chiba endo fujihara fujii fujimoto fujita fujiwara fukuda goto hara harada hasegawa
japanese: hashimoto hayashi hirano ichikawa ikeda imai inoue ishida ishii ishikawa ito iwasaki kaneko kato kawano
japanese: kikuchi kimura kinoshita kobayashi kojima kondo kono koyama kudo maeda maruyama masuda matsuda matsui
japanese: matsumoto miura miyamoto miyasaki miyazaki mori morita murakami murata nakagawa nakajima nakamura nakano
japanese: nakashima nakayama nishimura noguchi nomura ogawa ohno okada okamoto ono ota otsuka oyama saito sakai
japanese: sakamoto sakurai sano sasaki sato shibata shimada shimizu sugahara sugawara sugiyama suzuki takada takagi
japanese: takahashi takaki takata takeda taketa takeuchi tamura tanaka taniguchi uchida ueda ueno ueta wada watabe
japanese: watanabe yamada yamaguchi yamamoto yamasaki yamashita yamazaki yokoyama yoshida
italian: amato attard barbieri barone basile battaglia bellini benedetti bernardi bianco borg camilleri caputo carbone
italian: caruso castelli cattaneo conte conti coppola dagostino damico dangelo deangelis deluca derosa desantis
italian: distefano esposito fabbri farina farrugia ferrara ferraro ferretti ferri fiore fontana galea galli gatti
italian: gentile giordano giuliani grassi grasso grech greco guerra leone lombardi lombardo longo mancini marchetti
italian: mariani marini martinelli martini martino mazza messina micallef montanari monti morelli moretti neri orlando
italian: pagano palmieri palumbo parisi pellegrini pellegrino piras poli ricci rinaldi riva rizzi rizzo romeo rossetti
italian: ruggiero sala sanna santoro serra silvestri sorrentino spiteri testa valente valentini vella villa vitale
italian: zammit
german: aigner albrecht arnold auer bauer baumann baumgartner berger binder bohm brandt brunner busch dietrich ebner
german: eder egger fischer frei friedrich fuchs gerber graf gruber gunther haas hahn hartmann heilig heinrich hofer
german: hofmann horn huber jager kaiser keller koch kohler koller konig kraus krause kuhn kuhne lang lange lechner
german: lehmann lehner leitner lorenz ludwig maier mayer mayr meier moser neumann otto pfeiffer pichler pohl reiter
german: richter roth sauer schmid scholz schreiber schroder schubert schulte schulz schumacher schuster schwarz seidel
german: sommer steiner vogel vogt voigt wallner werner wimmer winkler wolf wolff ziegler zimmermann
korean: ahn bae baek bak bhak cha cheon choe choo chung eom gang ghang ghim gim goo gwak gwon hah heo her hur jean jee
korean: jen jeon jeong jo joe joo joy ju jun juu koak koh koo kuen kwak kwon la min mon moon mun munn na nam nan nham
korean: no noh pae pai paik pak phak ra rhee rhim rim roh ryang ryoo ryu seo seoh seong shim shong shung sim sohn sonn
korean: suh sung uhm yau yim yoon youn zuu
russian: aleksandrov alekseev andreev bondar boyko dmitriev egorov fedorov frolov golubev grigoriev gusev ilyin ivanou
russian: kavaliou kazlou kazlouski kiselev korolev koval kovalchuk kovalenko kozlov kravchenko kuzmin kuznetsova
russian: lebedev lysenko makarov maksimov marchenko melnyk mikhailov moroz morozov morozova nikitin nikolaev novik
russian: novikov novikova oliynyk orlov pavlova petrenko polishchuk polyakov popova romanov rudenko savchenko semenov
russian: semyonov sergeev shevchenko shevchuk smirnova sokolov sokolova soloviev solovyov stepanov tkachenko tkachuk
russian: vasiliev vasilyev vinogradov volkov volkova vorobyov yakovenko yakovlev zaitsev zakharov zaytsev
greek: aivaliotis alexiou alexopoulos anagnostopoulos angelopoulos antoniou apostolidis apostolou athanasiou
greek: athanasopoulos charalambous christodoulou christou constantinou dimitriou dimopoulos economou galanis
greek: georgiadis georgiou giannopoulos ioannidis ioannidou ioannou karagianni karagiannis karamanlis katsaros
greek: konstantinou kontos kostopoulos koufos kritikos kyriakou lazaridis makris mavridis michailidis mytaras
greek: nikolaidis nikolaidou nikolaou oikonomou panagiotou papachristou papadaki papadakis papadimitriou papadopoulos
greek: papadopoulou papageorgiou papaioannou papanikolaou papathanasiou papoutsis pappas pavlidis petrou samaras
greek: sotiriou stavrou theodorou triantafyllou vasileiou vassiliou vlachos vlachou zervas
central-asian: abdrahmanov abdrakhmanov abdullaev ahmetov akhmetov akhmetzhanov aliev amangeldy amanzholov annayev asanov
central-asian: ataev baimukhanov baizhanov berdiev bolat ibraev ibragimov ibraimov isaev iskakov ismailov iusupov kadyrov
central-asian: kaliev kaliyev karimov kassymov kenzhebekov kholmatov kusainov mamatov marat mirzaev mukhamedov murat
central-asian: nazarov nurgaliev nurgaliyev nurpeisov omarov orazov ospanov rakhimov rakhmonov sadykov saidov serikbayev
central-asian: smagulov suleimenov sultanov toktogulov tulegenov tursunov umarov usenov utegenov yuldashev yusupov
central-asian: zhumabayev zhunusov
khmer: ang bird bun chea cheam chey chhan chhet chhim chhorn chim din dith droplets dul eam ek hun iv keo khat khay
khmer: khiev khlot khmer mean means meas mul muy nhek ok om pen phy pok ros sam san sang sat say sen seng sieng so sok
khmer: som sor soun suy taing tat tep thy ty uch uy yos
nordic: andersen andreassen berg bergmann berndsen blondal briem christensen christiansen dahl danielsen djurhuus
nordic: eriksen fjeldsted hagen halvorsen haugen henriksen hjaltalin hojgaard jacobsen jensen joensen johannesen
nordic: johannessen johansen johnsen jorgensen karlsen kristensen kristiansen kvaran larsen lindstrom lund lundberg
nordic: madsen mikkelsen moller mortensen nielsen nilsen norddahl olsen pedersen petersen pettersen poulsen rasmussen
nordic: scheving simonsen sorensen thomsen thorarensen thorlacius waage
nordic: agustsdottir agustsson arnadottir arnason asgeirsdottir asgeirsson baldursdottir baldursson benediktsdottir
nordic: benediktsson bjarnadottir bjarnason bjornsdottir bjornsson einarsdottir einarsson eiriksdottir eiriksson
nordic: gisladottir gislason gudjonsdottir gudjonsson gudmundsdottir gudmundsson gunnarsdottir gunnarsson
nordic: halldorsdottir halldorsson haraldsdottir haraldsson hauksson helgadottir helgason hermannsdottir
nordic: hermannsson ingvarsdottir ingvarsson johannsdottir johannsson jonasdottir jonasson jonsdottir
nordic: kristinsdottir kristinsson kristjansdottir kristjansson magnusdottir olafsdottir olafsson
nordic: palsdottir palsson petursdottir petursson ragnarsdottir ragnarsson sigurdardottir sigurdsson
nordic: sigurjonsdottir sigurjonsson snorrason stefansdottir stefansson sveinsdottir sveinsson thorarinsdottir
nordic: thorarinsson thordardottir thordarson thorsteinsdottir thorsteinsson tryggvadottir tryggvason
portuguese: almeida alves andrade antunes araujo azevedo barbosa barros cardoso carvalho cavalcante cavalcanti coelho
portuguese: correia cunha fernandes ferreira figueiredo fonseca freitas gomes goncalves jesus lima lopes lourenco
portuguese: machado marques martins matos melo mendes monteiro morais moreira nascimento neves nunes oliveira pereira
portuguese: pinto pires reis ribeiro rocha rodrigues simoes soares sousa souza tavares teixeira vieira
african: abdullahi abebe abubakar adebayo adeyemi alemu appiah asante balogun bekele bello boateng botha chukwu
african: dlamini eze girma govender haile kamau kariuki kebede mekonnen mensah mwangi naidoo ndlovu njoroge nkosi
african: nwosu obi ochieng odhiambo ogunleye okafor okeke okoro olawale osei otieno owusu pillay sani tadesse tesfaye
african: wanjiku
finnish: ahonen aleksejev andrejev hamalainen heikkila heikkinen heinonen ilves jarvinen jokinen karjalainen karpin
finnish: kask kinnunen koppel korhonen koskinen kukk lahtinen laine laitinen lehtinen lehtonen magi makela makinen
finnish: mattila mihhailov niemi nieminen parn rantanen rebane saar saarinen salminen salo salonen savolainen semjonov
finnish: sepp tamm tuominen turunen vassiljev virtanen
chinese: can chai chan cheung chhoa chiu choa chong chow chua coi eaw eng gouw heng ieong iu joeng kwok lao law leung
chinese: liem lou low lum mak suen tam teo teoh ting tiong tiu toy tsai tsang tsay tse tsui ung yeong yeung yip zoeng
albanian: abazi bardhi begu bektashi brahimi cami delvina dervishi dibra frasheri gega gegaj gjika gjoni halili hoxha
albanian: hysi kelmendi kola kolla koroveshi kristi kristo kuqi laci leka luka marku mehmeti murati nikolla permeti
albanian: prifti prishtina shehu shkodra shkreli sinani thanasi toska toskaj
french: andre bernard bertrand blanc bonnet chevalier coulibaly diop durand faure fontaine fournier francois garnier
french: gauthier guerin keita kone lefebvre lefevre legrand leroy masson mathieu mercier michel moreau morel morin
french: ndiaye nicolas perrin petit richard robert rousseau roussel roux toure traore vincent
israeli: adary adrei amar ashkenazi avraham azoulay bendavid biton chadad chazan dahan edri edry friedman gabai golan
israeli: hadad hazan katz khen levi levin levy malcah malka mizrachi mizrahi moshe ochion ohana ohayon omer peretz
israeli: segal segel shapira tal yosef
thai: boonmee boonsri boonyarat chaiwong chaiya chaiyasit chanthavong inthasone jaidee kaewkla kaewmanee panya
thai: phommachanh phromma promma rattana rattanakul saeheng saelee saelim saengsuwan saengthong saetang sisouk sombat
thai: srisai srisuk sukjai suksai suksawat suwan suwannarat thongchai thongdee thongsuk vongsa wongchai wongsa
baltic: balodis berzins butkiene butkus eglitis jankauskas jankauskiene jansons kalnins karklins kavaliauskas
baltic: kavaliauskiene kazlauskas kazlauskiene klavins krumins liepins ozolins ozols paulauskas paulauskiene petersons
baltic: petrauskas petrauskiene stankeviciene stankevicius urbonas urboniene vanags vasiliauskas vasiliauskiene vitols
baltic: zarins zukauskas zukauskiene
dutch: bakker bos brouwer deboer degraaf degroot dejong dekker devries dewit dijkstra hendriks jansen janssen kalloe
dutch: kluivert lie meijer mohan mulder peters pinas sabajo semil smit smits tjin vandenberg vandermeer vandijk vandyk
dutch: vanleeuwen visser vos
burmese: aung aye hlaing htay htet htoo htun htwe khaing khin kyaw kyi lwin maung moe myint myo naing nwe nyein nyunt
burmese: oo paing phyo saeung sein shwe soe swe thant thein thura zaw
mongolian: altantsetseg baatar batbayar batbold baterdene batjargal batmunkh batsaikhan bayarmaa bayarsaikhan
mongolian: boldbaatar byambasuren davaadorj dorj enkhbat enkhbayar enkhjargal enkhtuya ganbaatar ganbold gantulga
mongolian: ganzorig lkhagvasuren munkhbat munkhbayar nyamdorj otgonbayar oyunchimeg purevdorj sukhbaatar temuulen
mongolian: tserendorj tuvshinbayar
vietnamese: bui dang dao dinh do doan hoa hoang huynh khuc luong luu ly mac mai pham phi phung quach ta thach thai
vietnamese: than thuong tieu to trac trieu trinh truong vo vuong
turkish: abbasov abdullayev ahmadov arslan aslan aydin celik cetin demir dogan guliyev hasanov huseynov ismayilov
turkish: jafarov kara kaya kilic koc kurt mammadov ozdemir ozkan ozturk quliyev sahin simsek yildirim yildiz yilmaz
czech: balaz balog cerna cerny dvorak dvorakova gajdos horak horakova hudak kollar kovacik kucera kucerova lukac
czech: nemcova nemec novakova novotna novotny oravec polak prochazka prochazkova svoboda svobodova vesela vesely
french german: becker braun diederich faber hoffmann kayser kieffer kremer krier majerus meyers muller reuter ries
french german: schiltz schmit schneider schroeder steffen thill wagener wagner weber weiss welter
romanian: ceban cebotari ciobanu cojocari dumitru gheorghe gutu ionescu lungu matei melnic munteanu pop popa popescu
romanian: radu rosca rotari rusu sirbu stan stoica turcan ursu
dutch french: bah barry benali claes denis desmet diallo dubois dumont dupont goossens jacobs janssens lambert laurent
dutch french: leclercq lejeune maes mertens peeters sow willems wouters
polish: dabrowski grabowski jankowski kaczmarek kaminska kaminski kowalczyk kowalska kowalski kozlowski krawczyk
polish: kwiatkowski lewandowski mazur nowak piotrowski szymanski wisniewska wisniewski wojciechowski wojcik wozniak
polish: zielinski
georgian: abuladze alievi bairamov bairamovi beridze bolkvadze gelashvili giorgadze gogoladze kapanadze khutsishvili
georgian: kvaratskhelia lomidze maisuradze mamedov mamedovi mchedlishvili mikeladze nozadze shengelia tabatadze
georgian: tsiklauri
albanian balkan: aferdita arben bajram bekim berisha bytyqi egzon emine fatime gashi hasani hoti kastrati krasniqi
albanian balkan: kryeziu morina muhamet ramadan shala valon
armenian: arakelyan avetisyan davtyan gevorgyan ghazaryan grigoryan hakobyan harutyunyan hovhannisyan karapetyan
armenian: khachatryan manukyan margaryan martirosyan mkrtchyan petrosyan poghosyan sahakyan sargsyan vardanyan
english indian: agarwal agrawal das ghosh gill goyal gupta jain joshi kulkarni kumar mishra mitra mukherjee patel paul
english indian: sharma verma
english korean: an bai cho gu han hui hwang jang ji jin jung kang oh park shen shin yi yoo
chinese english: cai gao guo he hsu hu lei luo ng sun wang wu xu zhang zhao zhou
english spanish: diaz flores gomez gonzalez gutierrez hernandez lopez morales ortiz perez ramirez reyes rivera
english spanish: rodriguez sanchez torres
nordic spanish: andersson bengtsson eriksson gustafsson hansson jansson johansson jonsson karlsson larsson magnusson
nordic spanish: nilsson olofsson olsson persson svensson
hungarian: balazs balogh farkas feher fekete gal juhasz kiss lakatos meszaros papp racz szilagyi takacs torok
malay: hidayat kurniawan lestari nugroho pratama putri rahmawati santoso saputra sari setiawan suharto susanto wibowo
malay: wijaya
malay: anggraini budiman darmawan effendi fauzi firmansyah fitriani ginting gunawan hakim handayani harahap
malay: hartanto hartono haryanto hermawan hutapea irawan iskandar kusuma kusumawati lubis mahendra maulana mulyadi
malay: mulyono nasution permana pradana prasetya prasetyo purnomo purwanto puspita puspitasari rahmat ramadhan
malay: ramadhani safitri saputro setyawan simanjuntak sinaga siregar sitorus situmorang sugiarto sulistyo
malay: sulistyowati supriyadi supriyanto suryadi suryani suryanto sutanto tanjung utami utomo wahyudi wahyuni
malay: wulandari yulianti yulianto
italian spanish: bianchi bruno colombo ferrari franco gallo marino romano rossi russo
chinese english korean: chang choi chu huang lee liu yang young zhu
czech hungarian: horvath kovacs molnar nagy nemeth olah szabo toth varga
chinese korean: cheong choy chun go goh ko lau woo
english german: beck engel frank franke gross stein winter
english french: clement girard henry jordan robin thomas
portuguese spanish: castro correa duarte montes santos silva
african arabic: ibrahim mohammed musa suleiman usman
english khmer: long mao meng pang su
khmer korean: im sin son um yun
english vietnamese: tong tran tu vu
chinese khmer: ong vang vong
arabic english indian: ali chowdhury khan
english khmer korean: hong song yu
balkan czech: kovac novak
balkan russian: bogdanov borisov
chinese english khmer: ma tang
chinese vietnamese: lam ngo
english french spanish: garcia martinez
finnish russian: pavlov smirnov
khmer vietnamese: duong phan
central-asian russian: bondarenko popov
african dutch: vandermerwe
african german: kruger
balkan finnish russian: petrov
balkan central-asian finnish russian: ivanov
chinese dutch: wong
chinese dutch english: lin
chinese english israeli khmer korean: chen
chinese english khmer korean: lim
chinese english spanish: tan
central-asian chinese english: li
chinese english vietnamese: le
chinese khmer vietnamese: ho
central-asian chinese: tsoi
dutch english french german spanish: martin
dutch english french vietnamese: nguyen
dutch english indian: singh
dutch french german: meyer
dutch french german hungarian: simon
dutch german: kramer
dutch khmer: chin
english israeli spanish: cohen
central-asian english khmer korean vietnamese: kim
arabic english: butt
english portuguese spanish: cruz
english russian: shapiro
central-asian finnish russian: kuznetsov
french german israeli: klein
french german nordic: hansen
french german portuguese: schmitz
french israeli spanish: david
french portuguese: camara
georgian turkish: aliyev
german portuguese: schmidt
indian portuguese: dias
italian portuguese spanish: costa
korean vietnamese: ha
nordic vietnamese: dam
arabic indian: mohamed
`)
