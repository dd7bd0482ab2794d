/**
 * Names of places in affiliations, in the spelling of `simplified`. A place in common is not evidence. Countries and their parts, and towns with universities
 * and companies that write papers: those of the conference lists, and further ones with several hundred thousand people. Other spellings follow `=`.
 */
const COUNTRIES = `
afghanistan;albania;algeria=algerie;andorra;angola;argentina;armenia;australia;austria=osterreich;azerbaijan;bahrain;bangladesh;belarus;belgium=belgique=belgie;benin;bhutan;
bolivia;bosnia and herzegovina=bosnia;botswana;brazil=brasil;brunei=brunei darussalam;bulgaria;burkina faso;cambodia;cameroon=cameroun;canada;chad;chile;
china=中国=中國=p r china=pr china=peoples republic of china=people s republic of china=prc=p r of china;colombia;congo;costa rica;croatia=hrvatska;cuba;cyprus;
czech republic=czechia=ceska republika;denmark=danmark;dominican republic;ecuador;egypt;el salvador;estonia=eesti;ethiopia;fiji;finland=suomi;france;georgia;
germany=deutschland=federal republic of germany;ghana;greece=hellas;guatemala;haiti;honduras;hungary=magyarorszag;iceland;india;indonesia;iran=islamic republic of iran=i r iran;
iraq;ireland=republic of ireland;israel;italy=italia;ivory coast=cote d ivoire;jamaica;japan=日本=nippon;jordan;kazakhstan;kenya;
korea=대한민국=한국=south korea=republic of korea=rep of korea=s korea=r o korea;north korea;kosovo;kuwait;kyrgyzstan;laos;latvia;lebanon=liban;libya;liechtenstein;lithuania;luxembourg;
macedonia=north macedonia;madagascar;malawi;malaysia;mali;malta;mauritius;mexico;moldova;monaco;mongolia;montenegro;morocco=maroc;mozambique;myanmar;namibia;nepal;
netherlands=nederland=the netherlands=holland;new zealand=aotearoa;nicaragua;niger;nigeria;norway=norge;oman;pakistan;palestine;panama;paraguay;peru;philippines;poland=polska;
portugal;qatar;romania;russia=россия=russian federation;rwanda;saudi arabia=kingdom of saudi arabia=ksa;senegal;serbia=srbija;slovakia=slovak republic;slovenia=slovenija;
south africa=republic of south africa;spain=espana;sri lanka;sudan;sweden=sverige;switzerland=schweiz=suisse=svizzera;syria;taiwan=台湾=台灣=republic of china=roc=r o c;tajikistan;
tanzania;thailand;togo;tunisia=tunisie;turkey=turkiye;uganda;ukraine=украина;united arab emirates=uae=u a e;
united kingdom=uk=u k=great britain=gb;united states=usa=u s a=us=u s=united states of america;uruguay;uzbekistan;venezuela;vietnam=viet nam;yemen;zambia;zimbabwe
`

const REGIONS = `
africa;asia=asia pacific=apac;europe;america=americas;north america;latin america;south america;middle east;emea;
england;scotland;wales;northern ireland;catalonia=catalunya;andalusia;bavaria=bayern;basque country=pais vasco=euskal herria;saarland;saxony=sachsen;hesse=hessen;
alabama;alaska;arizona;arkansas;california=calif;colorado;connecticut;delaware;florida;hawaii;idaho;illinois;indiana;iowa;kansas;kentucky;louisiana;maine;maryland;
massachusetts=massachussetts;michigan;minnesota;mississippi;missouri;montana;nebraska;nevada;new hampshire;new jersey;new mexico;north carolina;north dakota;ohio;oklahoma;
oregon;pennsylvania;rhode island;south carolina;south dakota;tennessee;texas;utah;vermont;virginia;west virginia;wisconsin;wyoming;new england;silicon valley;
alberta;british columbia;manitoba;new brunswick;newfoundland;nova scotia;ontario;saskatchewan;new south wales=nsw;queensland=qld;tasmania;victoria;western australia;
anhui;fujian;gansu;guangdong;guangxi;guizhou;hainan;hebei;heilongjiang;henan;hubei;hunan;inner mongolia;jiangsu;jiangxi;jilin;liaoning;ningxia;qinghai;shaanxi;shandong;
shanxi;sichuan;tibet;xinjiang;yunnan;zhejiang;andhra pradesh;assam;bihar;gujarat;haryana;karnataka;kerala;madhya pradesh;maharashtra;odisha=orissa;punjab;rajasthan;
tamil nadu;telangana;uttar pradesh;uttarakhand;west bengal;kansai;hokkaido;kanagawa;chiba;saitama;ibaraki;aichi;hyogo;
essex;sussex;kent;surrey;yorkshire;cornwall;sar=special administrative region;ile de france;provence;lorraine;normandy=normandie;brittany=bretagne;lombardy=lombardia;
tuscany=toscana;sicily=sicilia;sardinia=sardegna;calabria;galicia;minas gerais;rio grande do sul;santa catarina;parana;bahia;ceara;pernambuco;siberia
`

const TOWNS = `
beijing=北京=北京市;shanghai=上海=上海市;hong kong=hongkong=香港;shenzhen=深圳=深圳市;guangzhou=canton=广州;hangzhou=杭州;nanjing=南京;wuhan=武汉;hefei;harbin;tianjin;chengdu;chongqing;xi an=xian=西安;suzhou;dalian;shenyang;changsha;jinan;
qingdao;xiamen;ningbo;zhuhai;kunming;changchun;zhengzhou;taiyuan;lanzhou;fuzhou;nanchang;nanning;guiyang;urumqi;hohhot;xuzhou;foshan;dongguan;wuxi;weihai;shijiazhuang;
yangzhou;zhenjiang;nantong;changzhou;wenzhou;jinhua;kaifeng;luoyang;yantai;guilin;haikou;langfang;xiangtan;hengyang;mianyang;shunde;huzhou;shaoxing;jiaxing;zhangzhou;quanzhou;
macau=macao;taipei;hsinchu;taichung;tainan;kaohsiung;taoyuan;keelung;kowloon;shatin=sha tin;pokfulam;new territories;
tokyo=東京=東京都;kyoto=京都;osaka=大阪;nagoya;sapporo;fukuoka;yokohama;sendai;tsukuba;kobe;hiroshima;nara;okayama;kanazawa;niigata;gifu;kumamoto;chofu;suita;toyonaka;kusatsu;ueda;kitakyushu;okinawa;
hamamatsu;kawasaki;atsugi;bunkyo=bunkyo ku;meguro=meguro ku;shinjuku=shinjuku ku;nagaoka;toyohashi;takamatsu;fukui;
seoul=서울;daejeon=taejon;pohang;ulsan;gwangju=kwangju;incheon;suwon=suwon si;seongnam=seongnam si;busan=pusan;daegu=taegu;yongin;jeonju;cheongju;ansan;pyongyang;
singapore;kuala lumpur;penang;johor;bangkok;chiang mai;rayong;hanoi=ha noi;ho chi minh city=ho chi minh;da nang;manila;quezon city;jakarta;bandung;surabaya;yogyakarta;depok;
phnom penh;yangon;dhaka;chittagong;kathmandu;colombo;moratuwa;islamabad;lahore;karachi;peshawar;rawalpindi;
delhi=new delhi;mumbai=bombay;bangalore=bengaluru=banglore;chennai=madras;kolkata=calcutta;hyderabad;kanpur;kharagpur;roorkee;guwahati;gandhinagar;patna;pune;jodhpur;indore;
bhubaneswar;jaipur;varanasi;allahabad=prayagraj;bhopal;ropar=rupar;mandi;pilani;surathkal;tiruchirappalli=trichy;warangal;coimbatore;vellore;noida;gurgaon=gurugram;ahmedabad;
lucknow;nagpur;surat;palakkad;tirupati;dharwad;bhilai;dhanbad;jammu;jalandhar;silchar;rourkela;durgapur;thiruvananthapuram=trivandrum;kochi=cochin;calicut=kozhikode;mysore;
manipal;goa;kalyani;chandigarh;mohali;amritsar;
tehran;isfahan;shiraz;mashhad;tabriz;baghdad;erbil;mosul;basra;riyadh;jeddah;dhahran;thuwal;makkah=mecca;medina;doha;dubai;abu dhabi;sharjah;muscat;manama;kuwait city;beirut;
amman;irbid;damascus;jerusalem;tel aviv=tel aviv yafo;haifa;rehovot;beer sheva=be er sheva=beersheba=be ersheva;ramat gan;herzliya=hertzelia;ariel;netanya;petah tikva;nablus;
istanbul;ankara;izmir;bursa;antalya;konya;nicosia;cairo;alexandria;giza;assiut;tunis;sfax;algiers=alger;oran;tlemcen;constantine;rabat;casablanca;marrakesh=marrakech;fez=fes;
lagos;ibadan;abuja;zaria;ilorin;nsukka;accra;kumasi;nairobi;kampala;addis ababa;dar es salaam;kigali;dakar;yaounde;douala;ouagadougou;cape town;johannesburg;pretoria;durban;
stellenbosch;harare;lusaka;gaborone;khartoum;
london;cambridge;oxford;edinburgh;glasgow;manchester;birmingham;sheffield;leeds;liverpool;bristol;nottingham;southampton;durham;york;newcastle=newcastle upon tyne;cardiff;
belfast;bath;exeter;leicester;coventry;lancaster;norwich;guildford;colchester;reading;brighton;canterbury;st andrews=saint andrews;aberdeen;dundee;stirling;swansea;bangor;
aberystwyth;hull;bradford;huddersfield;portsmouth;plymouth;bournemouth;wolverhampton;uxbridge;egham;cranfield;loughborough;hatfield;lincoln;salford;sunderland;keele;derby;
dublin;cork;galway;limerick;maynooth;
paris;saclay;orsay;palaiseau;cachan;gif sur yvette;villetaneuse;nanterre;creteil;evry;versailles;lyon;grenoble;lille;toulouse;bordeaux;talence;marseille;nice;rennes;nantes;
montpellier;strasbourg;nancy;metz;villers les nancy;vandoeuvre les nancy;sophia antipolis;dijon;besancon;caen;rouen;angers;tours;orleans;poitiers;limoges;
clermont ferrand;saint etienne=st etienne;le mans;la rochelle;brest;amiens;reims;troyes;lens;lannion;meylan;illkirch;compiegne;pau;perpignan;
berlin;munich=munchen=muenchen;hamburg;cologne=koln=koeln;frankfurt=frankfurt am main=frankfurt main;stuttgart;dusseldorf=duesseldorf;dortmund;essen;duisburg;bremen;dresden;
leipzig;hannover=hanover;nuremberg=nurnberg=nuernberg;bochum;wuppertal;bielefeld;bonn;munster=muenster;karlsruhe;mannheim;augsburg;aachen;kiel;magdeburg;freiburg;
mainz;erfurt;rostock;kassel;saarbrucken=saarbruecken;potsdam;oldenburg;osnabruck=osnabrueck;heidelberg;darmstadt;paderborn;regensburg;ingolstadt;wurzburg=wuerzburg;
wolfsburg;gottingen=goettingen;ulm;erlangen;jena;tubingen=tuebingen;konstanz=constance;bayreuth;bamberg;passau;marburg;giessen;siegen;hildesheim;braunschweig;chemnitz;
cottbus;weimar;halle;kaiserslautern;koblenz;trier;landau;greifswald;luneburg=lueneburg;ilmenau;clausthal;garching;oberpfaffenhofen;wessling;sankt augustin=st augustin;neubiberg;
renningen;
vienna=wien;graz;linz;innsbruck;salzburg;klagenfurt;leoben;klosterneuburg;zurich=zuerich;geneva=geneve=genf;lausanne;basel;bern=berne;lugano;lucerne=luzern;fribourg;
neuchatel;st gallen=saint gallen;winterthur;martigny;manno;villigen;
amsterdam;rotterdam;the hague=den haag;utrecht;eindhoven;delft;leiden;groningen;nijmegen;tilburg;enschede;maastricht;wageningen;
brussels=bruxelles=brussel;leuven;louvain la neuve=louvain;ghent=gent;antwerp=antwerpen;liege;mons;namur;hasselt;esch sur alzette;
rome=roma;milan=milano;turin=torino;naples=napoli;bologna;florence=firenze;genoa=genova;pisa;padua=padova;venice=venezia;trento;trieste;verona;pavia;bari;catania;palermo;
cagliari;siena;perugia;modena;parma;ferrara;udine;salerno;lecce;cosenza;rende;ancona;bergamo;brescia;lucca;l aquila;potenza;messina;cassino;rovereto;cesena;
madrid;barcelona;valencia;seville=sevilla;granada;malaga;bilbao;zaragoza;salamanca;san sebastian=donostia;vigo;a coruna=la coruna=coruna;santiago de compostela;
pamplona;oviedo;gijon;santander;murcia;alicante;girona;tarragona;castellon;cordoba;valladolid;leganes;bellaterra;barakaldo;cadiz;jaen;alcala=alcala de henares;las palmas;
lisbon=lisboa;porto;coimbra;braga;aveiro;evora;covilha;faro;
copenhagen=kobenhavn;lyngby=kgs lyngby=kongens lyngby;aarhus;odense;aalborg;roskilde;stockholm;gothenburg=goteborg;lund;uppsala;linkoping;malmo;umea;orebro;karlstad;vasteras;
norrkoping;skovde;lulea;oslo;bergen;trondheim;tromso;stavanger;gjovik;helsinki;espoo;tampere;turku;oulu;jyvaskyla;kuopio;rauma;reykjavik;tallinn;tartu;riga;vilnius;kaunas;
warsaw=warszawa;krakow=cracow;wroclaw;poznan;gdansk;lodz;katowice;lublin;torun;gliwice;szczecin;bialystok;prague=praha;brno;ostrava;pilsen=plzen;liberec;olomouc;bratislava;
kosice;zilina;budapest;szeged;debrecen;pecs;miskolc;veszprem;bucharest=bucuresti;cluj napoca=cluj;iasi;timisoara;craiova;brasov;sofia;plovdiv;varna;belgrade=beograd;
novi sad;nis;zagreb;split;rijeka;osijek;ljubljana;maribor;sarajevo;skopje;tirana;athens=athina;thessaloniki;patras=patra;heraklion;ioannina;volos;chania;
moscow=moskva=москва;st petersburg=saint petersburg;novosibirsk;kazan;ekaterinburg=yekaterinburg;dolgoprudny;skolkovo;innopolis;tomsk;nizhny novgorod;samara;kyiv=kiev;kharkiv=kharkov;
lviv;odessa=odesa;minsk;chisinau;tbilisi;yerevan;baku;almaty;astana=nur sultan;tashkent;
new york=new york city=nyc=manhattan;brooklyn;buffalo;albany;rochester;ithaca;syracuse;troy;stony brook;binghamton;yorktown heights;hawthorne;boston;medford;
worcester;waltham;amherst;lowell;lexington;new haven;storrs;providence;hartford;princeton;piscataway;newark;hoboken;murray hill;holmdel;philadelphia;
pittsburgh;university park=state college;harrisburg;bethlehem;baltimore;baltimore county;college park;bethesda;gaithersburg;adelphi;laurel;
washington=washington dc=washington d c;arlington;fairfax;falls church;charlottesville;blacksburg;williamsburg;richmond;ashburn;reston;mclean;raleigh;chapel hill;
charlotte;greensboro;clemson;atlanta;gainesville;tallahassee;orlando;tampa;miami;coral gables;boca raton;jacksonville;pensacola;auburn;tuscaloosa;huntsville;
nashville;knoxville;memphis;oak ridge;louisville;cincinnati;columbus;cleveland;dayton;akron;toledo;west lafayette;lafayette;bloomington;indianapolis;
fort wayne;ann arbor;dearborn;detroit;east lansing;lansing;houghton;kalamazoo;flint;chicago;evanston;urbana champaign=urbana=champaign=at urbana champaign;
lemont;argonne;carbondale;peoria;madison;milwaukee;minneapolis=twin cities=st paul=saint paul=minneapolis st paul;duluth;iowa city;ames;des moines;st louis=saint louis;kansas city;rolla;
 omaha;norman;stillwater;tulsa;oklahoma city;fayetteville;little rock;new orleans;baton rouge;starkville;jackson;
houston;dallas;richardson;austin;san antonio;college station;el paso;lubbock;fort worth;denton;waco;plano;corpus christi;edinburg;boulder;denver;fort collins;colorado springs;
golden;laramie;albuquerque;las cruces;los alamos;santa fe;phoenix;tempe;tucson;salt lake city;provo;logan;las vegas;reno;boise;
los angeles;la jolla;san diego;irvine;riverside;santa barbara;pasadena;malibu;claremont;northridge;fullerton;pomona;long beach;san luis obispo;santa cruz;berkeley;
san francisco;south san francisco;oakland;stanford;palo alto;menlo park;mountain view;sunnyvale;santa clara;san jose;cupertino;los altos;los gatos;almaden;
san ramon;davis;merced;sacramento;redwood city;foster city;fremont;san mateo;eugene;corvallis;portland;seattle;bellevue;redmond;kirkland;pullman;kenmore;
manoa=honolulu;hilo;anchorage;fairbanks;silver spring;burlington;orono;
toronto;montreal;vancouver;burnaby;ottawa;waterloo;edmonton;calgary;quebec=quebec city;halifax;winnipeg;hamilton;kingston;guelph;regina;saskatoon;st john s=saint john s;sherbrooke;
mississauga;oshawa;windsor;kelowna;fredericton;saint catharines;kitchener;
mexico city=ciudad de mexico;guadalajara;monterrey;puebla;san luis potosi;queretaro;leon;merida;toluca;sao paulo;rio de janeiro;campinas;sao carlos;porto alegre;belo horizonte;
brasilia;recife;natal;salvador;fortaleza;curitiba;florianopolis;manaus;goiania;belem;canoas;pelotas;vitoria;buenos aires;rosario;la plata;bahia blanca;mendoza;
santiago;valparaiso;concepcion;temuco;bogota;medellin;cali;barranquilla;lima;cusco;quito;guayaquil;caracas;montevideo;asuncion;la paz;san juan;mayaguez;havana=la habana;
sydney;melbourne;brisbane;perth;adelaide;canberra;hobart;darwin;geelong;wollongong;gold coast;townsville;parkville;eveleigh;kensington;st lucia;north ryde;clayton;
auckland;wellington;christchurch;dunedin;palmerston north
`

type PlaceKind = 'country' | 'region' | 'town'

export interface FoundPlace {
  /** The name in one spelling: munich for munchen. */
  name: string
  kind: PlaceKind
  /** Number of printed words. */
  length: number
}

const PLACES = new Map<string, Omit<FoundPlace, 'length'>>()
const MOST_WORDS = 5
for (const [kind, list] of [
  ['country', COUNTRIES],
  ['region', REGIONS],
  ['town', TOWNS],
] as const)
  for (const entry of list.trim().split(/;\s*/)) {
    const [name = '', ...others] = entry.split('=')
    for (const spelling of [name, ...others]) PLACES.set(spelling, { name, kind })
  }

/** The longest name of a place that begins at a word. */
export function placeAt(words: readonly string[], at: number): FoundPlace | null {
  for (let length = Math.min(MOST_WORDS, words.length - at); length > 0; length--) {
    const found = PLACES.get(words.slice(at, at + length).join(' '))
    if (found) return { ...found, length }
  }
  return null
}
