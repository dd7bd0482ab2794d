const wordsIn = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Words for kinds of institutions, in one spelling each. */
export const KINDS = wordsIn(`
academy agency association autonomous campus catholic center city clinic college company corporation council faculty federal foundation free graduate hospital institute
laboratory medical national normal open organization polytechnic royal school society state tech university department group division unit
`)

/** Kinds of which the name of an institution has at least one; without it a text is a place or a field. */
export const ANCHORS = wordsIn(`
academy agency college hospital institute laboratory polytechnic school state tech university center clinic council foundation society
`)

/** Kinds and short forms in one spelling. "Technology" is "technical", as in Technische Universität and University of Technology. */
export const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...spelt(
    'university',
    `univ universitat universitaet universite universiteit universita universidad universidade universitet universitetet universitas universitatea universitesi
     univerzita univerzitet uniwersytet unversity univeristy universities universit universty unviersity univerity egyetem `,
  ),
  ...spelt('institute', 'institut instituto istituto inst institutes institution insitute'),
  ...spelt(
    'tech',
    'technology technologies technological technical technische technischen technisch technique tecnica tecnico tecnologia technologie techn technol techonology',
  ),
  ...spelt(
    'polytechnic',
    'polytechnique politecnico politecnica polytechnical polytech politechnika',
  ),
  ...spelt('laboratory', 'lab labs laboratories laboratoire laboratorio labor'),
  ...spelt('center', 'centre centers centres centro zentrum centrum'),
  ...spelt('academy', 'academia acad akademie academie'),
  ...spelt('department', 'dept departement departamento dipartimento depart departments depts dep'),
  ...spelt('school', 'sch ecole escuela schools scuola'),
  ...spelt('faculty', 'facultad faculte fakultat facolta fac'),
  ...spelt('college', 'coll colleges'),
  ...spelt('national', 'natl nacional nazionale nationale'),
  ...spelt('science', 'sciences sci ciencias scienze wissenschaften'),
  ...spelt('engineering', 'eng engg engr ingenieria'),
  ...spelt('computer', 'comp computing computers computation'),
  ...spelt('catholic', 'catholique katholieke cattolica catolica pontificia'),
  ...spelt('free', 'freie vrije libre'),
  ...spelt('federal', 'federale'),
  ...spelt('autonomous', 'autonoma'),
  ...spelt('hospital', 'hopital klinikum ospedale'),
  ...spelt('society', 'gesellschaft'),
  ...spelt('intelligence', 'intell intelligent'),
  ...spelt('artificial', 'artiﬁcial artifical'),
  ...spelt('corporation', 'corp'),
  ...spelt('company', 'co'),
  ...spelt('posts', 'post'),
  ...spelt('informatics', 'informatik informatique informatica'),
  ...spelt('royal', 'royale reale'),
  ...spelt('economics', 'economic econ'),
  ...spelt('system', 'systems sys'),
])

function spelt(word: string, others: string): [string, string][] {
  return others
    .trim()
    .split(/\s+/)
    .map((other) => [other, word])
}

/** Words that are ignored. */
export const SMALL = wordsIn(`
a an and at by de del della delle degli der des di die do dos da das du e el en et for fur in la las le les los of on the und van von with y z zu s d l i o inc ltd llc gmbh
limited pte plc nv bv ag sa ab oy srl spa pvt kk no
`)

/** Countries as adjectives. */
export const OF_COUNTRIES = wordsIn(`
american arab argentine asian australian austrian belgian brazilian british bulgarian canadian chinese croatian czech danish dutch egyptian estonian ethiopian european finnish
french german greek hellenic hungarian icelandic indian indonesian iranian iraqi irish israeli italian japanese jordanian korean lebanese malaysian mexican norwegian pakistani
polish portuguese romanian russian saudi scottish serbian slovak slovenian spanish swedish swiss thai tunisian turkish ukrainian vietnamese welsh
`)

/** Words for fields and directions, and people after whom many institutions are named. They do not identify an institution alone. */
export const DESCRIPTIVE = wordsIn(`
aeronautics aeronautical aerospace agricultural agriculture agri arts astronautics atmospheric aviation baptist basic big brain broad broadcasting business central chemical christian
commerce commercial communication communications computer creative culture decision defense defence design development digital dianzi earth east eastern economics electro
electronic energy engineering environment environmental excellence federation finance financial fine foreign forestry general geosciences global gongshang health higher human
humanities imperial industrial industry inner innovation interdisciplinary international islamic jewish jiaotong jiao tong joint judicial justice key law learning life light
machine main management maritime marine materials mechatronics media metropolitan metro military mind mines mining modern multimedia natural naval network neuroscience new
nuclear ocean oceanic optics optical performance petroleum pharmacy police political politics post posts power private processing public quantum railway recognition research
rural science sciences scientific sino social southeast southeastern southern southwest southwestern south northern north northeast northeastern northwest northwestern sports studies
superior superieure teachers telecom telecommunication telecommunications textile theoretical traffic transport translational tropical universal urban veterinary vision vocational water
west western women womens world youth young zhong da xi dong nan bei
albert alexander andrew anton august boris bernard carl carlos charles christopher daniel david edward ferdinand francis francisco frederick friedrich george georg heinrich henry iii
ii iv jan jean john johann johannes joseph josef juan julius karl king kings lawrence leonardo louis ludwig luis maria marie martin mary max michael nicolaus otto paul peter
philipps prince princess queen queens richard robert saint st simon sultan thomas trinity victor wilhelm william xavier
ministry government institutes laboratories team member fellow student chair professor postdoc independent researcher office street road avenue building floor block room box po
district province prefecture county dist zip city town cedex bp campus hq headquarters usa main corresponding author work done while intern internship contact email
`)

/** Fields of study and research, for which every university has units. */
export const FIELDS = wordsIn(`
advanced ai algorithms applied artificial automation biology biomedical bioinformatics civil cognition cognitive computational computing control cs cse cyber cyberspace data division ece
economics education eecs electrical electronics future graphics hci image informatics information integrated intelligence interaction intelligent knowledge language linguistics logic
mathematical mathematics maths mechanical mechanics medicine ml nlp pattern perception philosophy physics product program project psychology robotics security service services
signal software speech statistical statistics system systems technologies text theory understanding user computer engineering environmental science sciences key materials electronic energy development studies
`)

/** Short forms that always mean the same institution. "NTU" and "USC" are not among them: several institutions use these. */
export const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['mit', 'massachusetts institute tech'],
  ['caltech', 'california institute tech'],
  ['ucla', 'university of california los angeles'],
  ['ucsd', 'university of california san diego'],
  ['ucsb', 'university of california santa barbara'],
  ['ucsc', 'university of california santa cruz'],
  ['ucsf', 'university of california san francisco'],
  ['uci', 'university of california irvine'],
  ['uiuc', 'university of illinois urbana champaign'],
  ['upenn', 'university of pennsylvania'],
  ['nyu', 'new york university'],
  ['cmu', 'carnegie mellon university'],
  ['hkust', 'hong kong university of science and tech'],
  ['cuhk', 'chinese university of hong kong'],
  ['hku', 'university of hong kong'],
  ['polyu', 'hong kong polytechnic university'],
  ['cityu', 'city university of hong kong'],
  ['nus', 'national university of singapore'],
  ['ustc', 'university of science and tech of china'],
  ['uestc', 'university of electronic science and tech of china'],
  ['hust', 'huazhong university of science and tech'],
  ['sjtu', 'shanghai jiaotong university'],
  ['bupt', 'beijing university of posts and telecommunications'],
  ['nudt', 'national university of defense tech'],
  ['pku', 'peking university'],
  ['thu', 'tsinghua university'],
  ['ruc', 'renmin university of china'],
  ['ucas', 'university of chinese academy of science'],
  ['casia', 'institute of automation chinese academy of science'],
  ['cas', 'chinese academy of science'],
  ['kaist', 'korea advanced institute of science and tech'],
  ['postech', 'pohang university of science and tech'],
  ['unist', 'ulsan national institute of science and tech'],
  ['tum', 'tech university munich'],
  ['lmu', 'ludwig maximilians university'],
  ['iisc', 'indian institute of science'],
  ['xidian', 'xi an university of electronic science and tech'],
  ['beihang', 'beijing university of aeronautics and astronautics'],
  ['buaa', 'beijing university of aeronautics and astronautics'],
  ['ucl', 'university college london'],
  ['kcl', 'king college london'],
  ['lse', 'london school of economics'],
  ['ubc', 'university of british columbia'],
  ['anu', 'australian national university'],
  ['mbzuai', 'mohamed bin zayed university of artificial intelligence'],
  ['kaust', 'king abdullah university of science and tech'],
  ['eth', 'swiss federal institute of tech zurich'],
  ['epfl', 'swiss federal institute of tech lausanne'],
  ['dfki', 'german research center for artificial intelligence'],
])

/** Short forms at the beginning of names: `UC Berkeley`, `IIT Delhi`. */
export const BEGINNINGS: ReadonlyMap<string, string> = new Map([
  ['uc', 'university of california'],
  ['unc', 'university of north carolina'],
  ['umass', 'university of massachusetts'],
  ['suny', 'state university of new york'],
  ['cuny', 'city university of new york'],
  ['tu', 'tech university'],
  ['ku', 'catholic university'],
  ['vu', 'free university'],
  ['fu', 'free university'],
  ['mpi', 'max planck institute'],
  ['iit', 'indian institute of tech'],
  ['nit', 'national institute of tech'],
  ['iiit', 'international institute of information tech'],
])

/** Short forms of two words. */
export const SHORT_PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bpenn state\b/g, 'pennsylvania state university'],
  [/\bgeorgia tech\b/g, 'georgia institute tech'],
  [
    /\bvirginia tech\b|\bvirginia polytechnic institute( and)?( state university)?/g,
    'virginia polytechnic',
  ],
  [/\btexas a( and)? m\b/g, 'texas agricultural mechanical'],
  [/\bjiao tong\b/g, 'jiaotong'],
  [/\bqueen mary\b/g, 'queenmary'],
  [/\b(missouri|south carolina) columbia\b/g, '$1'],
  [/\bu of\b/g, 'university of'],
  [
    /\b(?:school )?polytechnic federal (?:de )?lausanne\b/g,
    'swiss federal institute tech lausanne',
  ],
]

/**
 * Organisations with many institutes, each of which counts separately: without the institute, they identify as little as a place. Each pattern of
 * the printed name comes with the word that replaces it.
 */
export const UMBRELLAS: readonly (readonly [RegExp, string])[] = [
  [/\bmax planck( society)?\b/g, 'maxplanck'],
  [/\bfraunhofer( society)?\b/g, 'fraunhofer'],
  [/\bhelmholtz( association)?\b/g, 'helmholtz'],
  [/\bcnrs\b|\bcentre national (de la )?recherche scientifique\b/g, 'cnrs'],
  [/\binserm\b/g, 'inserm'],
  [/\bcsic\b|\bconsejo superior (de )?investigaciones cientificas\b/g, 'csic'],
  [/\b(?<!university of (?:the )?)chinese academy( of)? sciences?\b/g, 'chineseacademy'],
  [/\brussian academy( of)? sciences?\b/g, 'russianacademy'],
  [/\b(consiglio nazionale (delle )?ricerche|cnr)\b/g, 'cnr'],
]
