/** Short forms of given names, each with its full names. */
const SHORT_FORMS = `
abby: abigail
abhi: abhijeet abhijit abhinav abhishek
adi: adithya aditya
aleks: aleksandar aleksander aleksandr
alex: aleksandr alexander alexandra alexandre alexandros
andy: andreas andrew
angie: angela
anu: anupama anuradha
avi: avinash avirup avishek avraham
bala: balachandran balaji balasubramanian
barb: barbara
basia: barbara
basti: bastian
becky: rebecca
ben: benjamin
bernie: bernard bernhard
bert: albert herbert hubert robert
beth: elizabeth
bill: william
billy: william
bob: robert
bobby: robert
brad: bradley
cathy: catherine kathleen
charley: charles
charlie: charles
chris: christian christina christine christoph christopher christos
chuck: charles
cindy: cynthia
cliff: clifford
connie: constance
costas: constantinos
dan: daniel daniele
danny: daniel
dave: david
deb: deborah
debbie: deborah
dick: richard
dimitris: dimitrios
dom: dominic dominik
don: donald
doug: douglas
drew: andrew
ed: edgar eduard edward edwin
eddie: edgar edward edwin
ellie: eleanor elizabeth
ernie: ernest
fran: frances francis
fred: frederic frederick frederik
fritz: friedrich
gabe: gabriel
gabi: gabriela gabriele
gene: eugene
geoff: geoffrey geoffroy
george: georgios
ger: gerard
gerry: gerald gerard
giannis: ioannis
giorgos: georgios
gosia: malgorzata
greg: gregor gregory
gus: august augustus
hal: harold
hank: henry
hans: johannes
hari: hariharan harikrishna
heinz: heinrich
jack: john
jake: jacob
jeff: jeffery jeffrey
jen: jennifer
jenny: jennifer
jerry: gerald
jim: james
jimmy: james
jo: joanna josephine
joe: joseph
joey: joseph
johnny: john
jon: jonathan
josh: joshua
judy: judith
kasia: katarzyna
kat: katarina katherine kathryn
kate: katherine kathryn
kathy: katharine katherine kathleen kathryn
kati: katharina
ken: kenneth
kev: kevin
kim: kimberly
kostas: konstantinos
kris: kristian kristin kristina kristopher
krish: krishna krishnan
kuba: jakub
larry: laurence lawrence
lefteris: eleftherios
leo: leonard leonardo leonid leopold
lex: alexander
liz: elizabeth
lou: louis louise
maggie: margaret
mandy: amanda
manolis: emmanouil
manu: manuel
marty: martin
marv: marvin
matt: matteo matthew matthias
max: maxime maximilian maxwell
meg: margaret
mel: melvin
mick: michael
mike: michael mikhail
misha: michael mikhail
mitch: mitchell
molly: mary
mykhailo: mikhail
mykola: nikolai nikolay
nacho: ignacio
nat: natalie nathan nathaniel
nate: nathan nathaniel
ned: edward
nick: nicholas nicolas nikolaos
nik: nikhil niklas nikolaos nikolas
nikos: nikolaos
norm: norman
oleksandr: aleksandr alexander alexandr
oleksii: aleksei aleksey alexei alexey
ollie: oliver
paco: francisco
paddy: patrick
pam: pamela
panos: panagiotis
pat: patricia patrick
peggy: margaret
pepe: jose
pete: peter
phil: philip philipp philippe phillip
quim: joaquim
raj: rajeev rajendra rajesh rajiv
randy: randall randolph
ray: raymond
reg: reginald
rich: richard
rick: richard
rob: robert roberto
robbie: robert
rod: roderick rodney
ron: ronald
ronnie: ronald
rudy: rudolf rudolph
russ: russell
sally: sarah
sam: samantha samuel
sandy: alexander
sasha: aleksandr alexander alexandr alexandra
seb: sebastian sebastien
shelly: michelle
sid: siddhant siddharth siddhartha sidney
stan: stanley
stef: stefan stefanie stefano
steve: stephen steven
stew: stewart
stu: stuart
sue: susan
susie: susan
ted: edward theodore
terry: terence terrence
thanos: athanasios
theo: theodor theodore theodoros
tim: timothy
toby: tobias
tom: thomas tomas
toni: antoni antonio
tony: anthony antonio antonios
trish: patricia
uli: ulrich ulrike
val: valerie
vasilis: vasileios
venkat: venkataraman venkatesan venkatesh
vic: victor viktor
vicky: victoria
vince: vincent vincenzo
vish: vishal vishwanath
vlad: vladimir vladislav
wally: walter
walt: walter
wes: wesley
will: william
wim: willem
xavi: xavier
yannis: ioannis
yiannis: ioannis
zach: zachary
zack: zachary
`

const LONG_FORMS = new Map(
  SHORT_FORMS.trim()
    .split('\n')
    .map((line) => {
      const [short = '', long = ''] = line.split(': ')
      return [short, new Set(long.split(' '))]
    }),
)

/** Short forms used with the initial of the full name: Bob Frank is R. Frank, but Tony Jebara is T. Jebara. */
const LETTERS = new Map([
  ...['beth', 'liz'].map((short): [string, string] => [short, 'e']),
  ...['bill', 'billy'].map((short): [string, string] => [short, 'w']),
  ...['bob', 'bobby', 'dick'].map((short): [string, string] => [short, 'r']),
])

/** The initial of a given name. */
export const letterOf = (given: string): string => LETTERS.get(given) ?? [...given][0] ?? ''

/** All possible initials of a given name, including those of its other forms: Robert is also Bob, Tony also Antonio, and B. also Bill, who is W. */
export function lettersOf(given: string): string[] {
  if (given.length === 1)
    return [given, ...[...LETTERS].flatMap(([short, letter]) => (short[0] === given ? letter : []))]
  const forms = [...LONG_FORMS].flatMap(([short, long]) => (long.has(given) ? [short] : []))
  const spellings = SPELLING_OF.get(given)?.split(' ') ?? []
  const all = [given, ...forms, ...(LONG_FORMS.get(given) ?? []), ...spellings]
  return [...new Set(all.flatMap((form) => [[...form][0] ?? '', letterOf(form)]))]
}

/** Transliterations of names from other scripts, one name per line. */
const SPELLINGS = `
abdallah abdullah abdulla
ahmad ahmed
aleksandr alexander alexandr alexandre
aleksei aleksey alexei alexey
anastasia anastasiia anastasiya
anatolii anatoliy anatoly
andrei andrey andrii andriy andrij
artem artiom artyom
bogdan bohdan
daniil danil danylo
dmitri dmitrii dmitriy dmitry dmytro
evgen evgenii evgenij evgeniy evgeny evhen evhenii ievgen ievgenii ievhen ievhenii yevgen yevgenii yevgeniy yevgeny yevhen yevhenii
evgenia evgeniia evgeniya evheniia ievgeniia ievheniia yevgenia yevgeniia yevgeniya yevheniia
ekaterina iekaterina kateryna yekaterina
elizaveta ielyzaveta yelizaveta yelyzaveta
elena olena yelena
gennadii gennady
fedir fedor fyodor
ganna hanna
georgii georgiy georgy heorgii heorhii heorhiy
gleb glib hlib
grigorii grigoriy grigory grygorii grygoriy hryhorii hryhoriy
hasan hassan
hosein hossein husain hussain hussein
ibrahim ibraheem
iakiv iakov yakiv yakov
iana jana yana
iaroslav jaroslav yaroslav
igor ihor
ilia illia illya ilya
irina iryna
iuri iurii iuriy jurij yuri yurii yuriy yury
iulia iuliia julia yulia yuliia yuliya
kareem karim
kirill kyrylo
konstantin kostiantyn kostyantyn
liubov lubov lyubov
liudmila liudmyla ludmila ludmyla lyudmila lyudmyla
maksim maksym maxim maxym
marina maryna
mariia mariya
matvei matvey matvii
mahmood mahmoud mahmud
mikhail mihail
moustafa mostafa mustafa mustapha
mohamad mohamed mohammad mohammed muhammad muhammed
natalia nataliia nataliya natalya
nikolai nikolay nikolaj
oleg oleh
oleksandr olexandr
olga olha
pavel pavlo
petr petro pyotr
saeed said saied
sergei sergey sergii sergiy serhii serhiy
sofiia sofiya
svetlana svitlana
tareq tarek tariq
tatiana tatyana tetiana
valerii valery
valeriia valeriya
vasilii vasiliy vasily vasyl
viacheslav vyacheslav
viktoriia viktoriya victoriia
vitalii vitaliy vitaly
vladimir volodimir volodymyr
yousef youssef yusef yusuf
`

const SPELLING_OF = new Map(
  SPELLINGS.trim()
    .split('\n')
    .flatMap((line) => line.split(' ').map((name): [string, string] => [name, line])),
)

/** Whether one given name is a short form or another spelling of the other. */
export function isShortForm(a: string, b: string): boolean {
  const spellings = SPELLING_OF.get(a)
  return (
    (spellings !== undefined && spellings === SPELLING_OF.get(b)) ||
    (LONG_FORMS.get(a)?.has(b) ?? false) ||
    (LONG_FORMS.get(b)?.has(a) ?? false)
  )
}

/** Whether a given name is a short form of another. */
export const isShort = (given: string): boolean => LONG_FORMS.has(given)
