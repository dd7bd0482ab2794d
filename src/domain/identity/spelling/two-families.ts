import { readWords } from '../counts/read.ts'

/**
 * Common family names of Spain and Latin America that are not given names. A word after one of them is a second family name, which other papers of
 * the person may leave out. Without names equally common in Portugal and Brazil, where the last one is kept: João Silva Santos is João Santos.
 */
const OF_SPAIN = readWords(`
abad acevedo acosta aguado aguilar aguilera aguirre agullo alarcon alcaide alcala alcantara alcaraz alfonseca aliaga almagro alonso alvarado alvarez
aparicio aragon aranda arango arce arenas arevalo arias arjona armas arranz arroyo artola asensio avila ayala ballester ballesteros banos barba
barbero barragan barrera barrios barroso bautista becerra beltran benavides benedi benitez bermejo bermudez bernal blasco blazquez bonilla borrego
botella bravo briones burgos bustamante bustos caballero cabello cabrera caceres calderon calero calle calvo camacho campillo canales canovas cantero
caparros carballo carbonell cardenas carmona carrasco carrera carrillo carrion casado casanova castaneda castano castellanos castillo cebrian cedillo
cepeda cervantes cespedes chacon chavez cobo collado contreras cordero cordoba corpas corral corrales correa cortes cortez crespo criado cubero cuesta
davila delgado diaz diez dominguez duenas echeverria enriquez escobar escribano escudero espejo espinosa espinoza esteve estevez exposito fajardo
fernandez ferrandez ferrer figueroa flores fuentes galan galiano gallardo gallego gallegos galvez gamez garcia garrido garzon gimenez godoy gomez
gonzalez granado guerra guerrero guevara guijarro guillen gutierrez guzman heredia hermoso hernandez herrera herrero hervas hidalgo hinojosa huertas
hurtado ibanez iglesias izquierdo jara jaramillo jimenez jurado ledesma leiva linares llamas llorens llorente lopez lorenzo lozano luque macias
maldonado manrique manzano marquez marrero martinez mayor medina meza mejia mena mendez mendoza menendez merino mesa millan miranda molina moncada monge
montano montero montes montoya montoyo moral morales moran morcillo moreda morena moreno morillo moya munoz murillo naranjo navarrete navarro nevado
nieto noguera nunez ocana ochoa ojeda olivares olmedo olmo oltra ordonez orellana orozco ortega ortiz ortuno osorio otero padilla palacios palomino
palomo pardo paredes parejo parra pastor pavon pedraza pelaez pena penalver perales peralta perea perez pineda pizarro ponce porras portillo pozo
prats prieto puente puig pulido quesada quevedo quintana quintero quiroga ramirez ramos redondo requena restrepo rincon rios rivas rivera rivero
robledo robles rodenas rodriguez rojas roldan romero ros rubio rueda ruiz saavedra saenz saez salas salazar salcedo saldana salgado salinas salmeron
samper sanabria sanchez sancho sandoval sanjuan santamaria sanz sarmiento segarra segovia segura sepulveda serrano sierra solano soler solis soliz
soria soriano sosa sotelo soto suarez tapia tejada tejedor tejero tena toledo tormo torre torrent torres tovar trejo trigo trujillo ulloa urbano urena
valdes valenzuela valera valero vallejo valverde varela vargas vasquez vazquez vega vela velasco velazquez velez verdejo vergara vicedo villa villada
villalba villanueva villar villarreal villegas zambrano zamora zapata zarate zuniga
`)

/** Family names of the Basque Country, which lists for Spain lack: Etxeberria Zubizarreta is also Etxeberria. */
const OF_BASQUES = readWords(`
agirre aizpurua aldabe aldekoa alkorta altuna amenabar amundarain anduaga aranburu aranguren aranzabal areizaga aretxaga arizaga arizmendi arregi
arregui arrese arrieta arrizabalaga arteaga artetxe artola arzuaga aurrekoetxea azkarate azkue azpiazu azpiroz barandiaran barrenetxea barriola
basterretxea beitia belaustegi beloki bengoa bengoetxea berasategi beraza bidarte bilbao bustinza egana egiguren egurrola eizagirre eizaguirre
elejalde elizalde elizondo elorriaga elorza elustondo erauskin errasti etxabe etxaniz etxarri etxebarria etxeberria etxezarreta ezkurra gabilondo
galarraga galdos garate garitano garmendia gaztanaga gaztelu goenaga goikoetxea gorostiaga gorostiza gorrotxategi gurruchaga gurrutxaga ibarguren
ibarra igartua ikaztegieta inarra iparragirre iraola irastorza iriarte iribarren irigoien iriondo irizar iruretagoiena iturbe iturralde iturrioz
iturriza jauregi jauregui kortajarena kortazar labaka larranaga larrea larrinaga larrion lasa lasarte leizaola lekuona lertxundi letamendia lizarralde
lizaso loinaz lopetegi madariaga maiztegi mendiluze mendizabal mintegi mitxelena mugica mugika mujika murgiondo murua muruzabal muxika narbarte
odriozola oiarzabal olabarria olaizola olano olasagasti olazabal olazaguirre orbegozo oregi ormaetxea ormazabal ortuzar oskoz otaegi otano otegi otxoa
oyarzabal rekalde sagarzazu saizarbitoria salaberria sarasola sarasua sarriegi sudupe tellechea telleria txapartegi ubillos ugalde ugarte ugartemendia
unanue unzueta uranga urbieta urbina urdangarin uriarte uribarri urkia urkijo urkiola urkizu urretabizkaia urrutia urrutikoetxea urzelai usabiaga
yarza zabala zabaleta zalakain zaldua zapiain zarraga zelaia zendoia zinkunegi zuazo zubeldia zubia zubiaurre zubillaga zubimendi zubiri zubizarreta
zulaika zuloaga zumarraga zurutuza
`)
/** Further Basque names, by spellings that no other language has: Goikoetxeberri, Iturrigorri. */
const IN_BASQUE =
  /^(?=.{7}).*(?:etxe|txea$|tza$|tegi$|egui$|(?:arr|irr|urr|err)(?:i|ia|eta|aga)$|zabal(?:a|eta)?$|mendi(?:a|eta)?$|gorri$|zarreta$)/

const isBasque = (word: string) => OF_BASQUES.has(word) || IN_BASQUE.test(word)

/** Words between two family names of Catalonia and older ones of Spain: Puig i Cadafalch. */
const AND = new Set(['i', 'y'])

/** The position of the first of two family names among the words before the last one, which is the second; -1 if uncertain. */
export function placeOfFamily(words: readonly string[]): number {
  const at = words.length - (AND.has(words.at(-1) ?? '') ? 2 : 1)
  return at > 0 && isOfSpain(words[at] ?? '') ? at : -1
}

export const isOfSpain = (word: string): boolean => OF_SPAIN.has(word) || isBasque(word)
