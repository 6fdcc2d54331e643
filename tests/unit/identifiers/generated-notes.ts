/**
 * Sentences in the registers of clinical notes, with identifiers planted at known places and without any. All of it
 * is invented; phone numbers come from the ranges kept for drama, NHS numbers from the range kept for tests. Names and
 * places were chosen apart from the finder's lists, and about one in eight is rare, so that what the lists lack is
 * counted.
 */
import type { IdentifierKind } from '../../../shared/identifiers/index.ts'

export type Plant = { kind: IdentifierKind; start: number; end: number }
export type Sentence = { text: string; plants: Plant[] }

/** A small seeded generator (mulberry32): the same sentences every time. */
export function randomFrom(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    digits: (count: number): string => Array.from({ length: count }, () => below(10)).join(''),
  }
}
type Random = ReturnType<typeof randomFrom>

const list = (words: string): string[] => words.trim().split(/\s*[,\n]\s*/)

const FIRST = list(`
Oliver, Amelia, Noah, Isla, Muhammad, Ava, George, Freya, Arthur, Ivy, Leo, Lily, Harry, Florence, Oscar, Willow, Jack, Mia, Charlie, Rosie
Katie, Shannon, Jordan, Chelsea, Bradley, Courtney, Kieran, Demi, Lewis, Paige, Kyle, Kayleigh, Reece, Jodie, Ellie, Connor, Tia, Tyler, Leah, Caitlin
Sharon, Tracey, Darren, Lee, Karen, Julie, Gary, Debbie, Wayne, Mandy, Lorraine, Kevin, Denise, Keith, Sandra, Trevor, Susan, Barry, Pauline, Janet
Priya, Arjun, Aisha, Imran, Harpreet, Gurdeep, Nisha, Yusuf, Zainab, Fatima, Bilal, Sana, Ravi, Anjali, Hamza, Maryam, Tariq, Simran, Rahul, Khadija
Chidi, Ngozi, Kwame, Abena, Oluwaseun, Temi, Tendai, Amara, Tunde, Folake, Kofi, Adaeze, Emeka, Yetunde, Tatenda, Makena, Ayo, Efua, Chinedu, Funmi
Ahmed, Leyla, Mehmet, Amina, Omar, Hodan, Abdi, Ayan, Zahra, Mustafa, Yasmin, Reza, Shirin, Karim, Noor, Salma, Elif, Emre, Samira, Hassan
Agnieszka, Piotr, Kasia, Tomasz, Oksana, Andrei, Ioana, Mihai, Zuzanna, Jakub, Dariusz, Elena, Bogdan, Svetlana, Ivan, Weronika, Mateusz, Olena, Vlad, Katarzyna
Niamh, Siobhán, Cian, Aoife, Rhys, Ffion, Carys, Dylan, Eilidh, Hamish, Catriona, Owain, Seren, Declan, Róisín, Iain, Megan, Gethin, Orla, Callum
Zoë, Chloé, Siân, Jean-Luc, Amy-Lou, Anna-Maria, Mary-Kate, Łukasz, René, José
Thuy, Mei, Jun-Ho, Analyn, Rafael, Beatriz, Giulia, Sven, Nokuthula, Lerato
Jorja, Kezia, Zephaniah, Tierney, Blaise, Saffiyah, Xanthippe, Ocea, Jaxtyn, Raven-Skye, Quelda, Bexley-Rae, Thaddeus, Ottilie, Perpetua, Ignatius
Wrenley, Kaoru, Tsering, Ozlemnur, Afsheen, Dunyasha, Ekaterina, Kahlan, Zebedee, Ludmilla
`)
/** Also words: planted like the others, in the same sentences. */
const FIRST_WORDS = list(
  'Grace, Mark, Will, Rose, Faith, Hope, Joy, Dean, Drew, Summer, April, June, May, Rob, Pat, Chase',
)
const SURNAME = list(`
Smith, Jones, Taylor, Williams, Brown, Davies, Evans, Thomas, Roberts, Walker, Wright, Robinson, Thompson, White, Hughes, Edwards, Green, Hall, Wood, Harris
Clarke, Jackson, Turner, Hill, Cooper, Ward, Young, Fraser, Beck, Bell, King, Lee, Day, Church, Lane, Price, Marsh, Butcher, Fletcher, Nightingale
Patel, Khan, Hussain, Begum, Singh, Kaur, Ali, Ahmed, Chowdhury, Sharma, Mahmood, Iqbal, Rahman, Desai, Gill
Okafor, Adeyemi, Mensah, Moyo, Abdi, Osei, Nwosu, Afolabi, Ndlovu, Warsame, Tesfaye, Banda
Kowalski, Nowak, Ionescu, Popescu, Petrov, Shevchenko, Wiśniewska, Kovács, Novák
O’Brien, O'Neill, McDonald, MacLeod, Murphy, Kelly, Llewellyn, Ap-Rhys, FitzGerald, D'Souza
Smith-Jones, Owusu-Ansah, Garcia-Lopez, de Souza, van Dijk, al-Hassan, Costa, Rossi, Nguyen, Tran, Chen, Wong, Santos, Yilmaz, Hosseini
`)
const PLACE = list(`
London, Birmingham, Leeds, Glasgow, Manchester, Cardiff, Belfast, Norwich, Ipswich, Bradford, Leicester, Coventry, Sunderland, Plymouth, Derby, Luton
Colchester, Lowestoft, Great Yarmouth, Bury St Edmunds, King's Lynn, King’s Lynn, Milton Keynes, Stoke-on-Trent, Newcastle upon Tyne, Southend-on-Sea, St Albans, St Helens, Weston-super-Mare
Peckham, Brixton, Hackney, Croydon, Tower Hamlets, Lewisham, Tottenham, Walthamstow, Camden, Islington, Toxteth, Handsworth, Moss Side, Wythenshawe, Harehills, Southall
Kent, Essex, Suffolk, Norfolk, Devon, Cornwall, Lancashire, Hertfordshire, West Yorkshire, Northumberland, Powys, Fife, County Durham, Gwynedd, Argyll
Swansea, Wrexham, Merthyr Tydfil, Aberystwyth, Llanelli, Dundee, Inverness, Paisley, Aberdeen, Derry, Lisburn, Newry
Felixstowe, Thetford, Harlow, Basildon, Crawley, Swindon, Telford, Corby, Burnley, Grimsby, Hastings, Margate, Blackpool, Rhyl, Skegness, Scunthorpe
Bath, Deal, Wells, Rugby, Reading, Hull, Sale, Poole, Bury, Stroud
Debenham, Trimley, Kelsale, Wickham Market, Pateley Bridge, Tollesbury, Polegate, Llanfyllin, Tobermory, Shepperton
`)
const SCHOOL = list(`
Oakfield Primary School, St Mary's Catholic Primary School, St John’s School, Hillcrest Academy, Northgate High School, Kings of Wessex Academy, Greenway College
Ashby Road Primary, Sacred Heart School, Castle Hill Junior School, Little Acorns Nursery, Holy Trinity Primary School, Queen Elizabeth’s Grammar School, Albany Academy
Stoke High School, Bishop Walton School, Saint Aloysius College, Meadow Bank Primary School, Harris Academy, Riverside Sixth Form College, East Point Academy, Thomas Gainsborough School
Copleston Upper School, Ysgol Glan Morfa, Kingsway PRU, Copleston High, St Benet’s RC
`)
const STREET = list(
  'Station Road, Mill Lane, Church Street, Upper Mill Lane, St. John Street, Victoria Avenue, Beech Close, The Crescent, King’s Drive, Orwell Court, Fir Tree Walk, Old Barn Way, Tower Hill, Park Terrace, High St, London Rd, Chapel Fold',
)
const MASKS = ['ZZZZZ', 'QQQQQ', 'XXXXX', '[__PPP__]', '[__TTT__]', '[~~~]']

function nhs(random: Random): string {
  for (;;) {
    const nine = `999${random.digits(6)}`
    let sum = 0
    for (let place = 0; place < 9; place++) sum += Number(nine[place]) * (10 - place)
    const check = (11 - (sum % 11)) % 11
    if (check === 10) continue
    const all = `${nine}${check}`
    const blank = random.pick([' ', ' ', '', '-'])
    return [all.slice(0, 3), all.slice(3, 6), all.slice(6)].join(blank)
  }
}

function upn(random: Random): string {
  const digits = random.digits(12)
  let sum = 0
  for (let place = 0; place < 12; place++) sum += Number(digits[place]) * (place + 2)
  return `${'ABCDEFGHJKLMNPQRTUVWXYZ'[sum % 23]}${digits}`
}

const DOB = (random: Random): string => {
  const [day, month, year] = [1 + random.below(28), 1 + random.below(12), 2003 + random.below(14)]
  const two = (part: number) => String(part).padStart(2, '0')
  const named = 'January February March April May June July August September October November December'.split(
    ' ',
  )[month - 1] as string
  return random.pick([
    `${two(day)}/${two(month)}/${year}`,
    `${day}.${month}.${String(year).slice(2)}`,
    `${year}-${two(month)}-${two(day)}`,
    `${day}th ${named} ${year}`,
    `${day} ${named.slice(0, 3)} ${year}`,
    `${two(day)}-${two(month)}-${year}`,
  ])
}

const firstName = (random: Random) => (random.below(14) === 0 ? random.pick(FIRST_WORDS) : random.pick(FIRST))
const letters = (random: Random, from: string, count: number) =>
  Array.from({ length: count }, () => from[random.below(from.length)]).join('')

/** What stands in a template in braces: a kind and its text; null is text that is no identifier. */
const SLOTS: Record<string, (random: Random) => [IdentifierKind | null, string]> = {
  first: (random) => ['NAME', firstName(random)],
  full: (random) => ['NAME', `${firstName(random)} ${random.pick(SURNAME)}`],
  titled: (random) => [
    'NAME',
    `${random.pick(['Mr', 'Mrs', 'Ms', 'Miss', 'Mr.'])} ${random.pick(['', '', 'J ', 'A. '])}${random.pick(SURNAME)}`,
  ],
  surname: (random) => ['NAME', random.pick(SURNAME)],
  initialled: (random) => ['NAME', `${random.pick(['J.', 'S', 'A. B.'])} ${random.pick(SURNAME)}`],
  capitals: (random) => ['NAME', `${random.pick(FIRST)} ${random.pick(SURNAME)}`.toUpperCase()],
  nhs: (random) => ['NHS', nhs(random)],
  upn: (random) => ['UPN', upn(random)],
  nino: (random) => {
    const [a, b, c] = [random.digits(2), random.digits(2), random.digits(2)]
    const blank = random.pick([' ', ''])
    return [
      'NINO',
      `${random.pick(['AA', 'ZY', 'SX', 'JE'])}${blank}${a}${blank}${b}${blank}${c}${blank}${random.pick(['A', 'B', 'C', 'D'])}`,
    ]
  },
  postcode: (random) => {
    const out = random.pick(['IP', 'NR', 'LS', 'CF', 'BT', 'EH', 'SW', 'B', 'M', 'G', 'CO', 'ZE'])
    const code = `${out}${1 + random.below(29)}${random.pick([' ', ' ', ''])}${random.below(10)}${letters(random, 'ABDEFGHJLNPQRSTUWXYZ', 2)}`
    return ['POSTCODE', random.below(8) === 0 ? code.toLowerCase() : code]
  },
  phone: (random) => {
    const three = random.digits(3)
    return [
      'PHONE',
      random.pick([
        `07700 900${three}`,
        `07700900${three}`,
        `07700 900 ${three}`,
        `01632 960${three}`,
        `(01632) 960${three}`,
        `+44 7700 900${three}`,
        `+44 (0)1632 960${three}`,
        `07700-900-${three}`,
      ]),
    ]
  },
  email: (random) => [
    'EMAIL',
    random.pick([
      'j.moyo@council.example',
      'sen.team@oakfield.sch.example',
      'mum_2010@mail.example',
      'duty+camhs@trust.example',
      "t.o'neill@nhs.example",
    ]),
  ],
  vrm: (random) => {
    const last = letters(random, 'BCDFGHJKLMPSTVWX', 3)
    return [
      'VRM',
      random.pick([
        `AB${random.pick(['12', '51', '19', '70'])} ${last}`,
        `YK${random.pick(['03', '64'])}${last}`,
        `K${1 + random.below(900)} ${last}`,
      ]),
    ]
  },
  url: (random) => [
    'URL',
    random.pick([
      'https://council.example/case/8841',
      'www.schoolpage.example/y9',
      'http://x.example/a?b=1&c=2',
      'https://photos.example/u/emma-2009',
    ]),
  ],
  dob: (random) => ['DOB', DOB(random)],
  school: (random) => ['SCHOOL', random.pick(SCHOOL)],
  address: (random) => [
    'ADDRESS',
    `${random.pick(['', '', 'Flat 3, ', 'Flat 12 '])}${1 + random.below(180)}${random.pick(['', '', 'a', 'B'])} ${random.pick(STREET)}`,
  ],
  place: (random) => ['PLACE', random.pick(PLACE)],
  lcs: (random) => [
    'CASEID',
    random.pick([`LCS${random.digits(7)}`, random.digits(7), `P${random.digits(6)}`]),
  ],
  ref: (random) => [
    'CASEID',
    `${random.pick(['CH', 'SC', 'MASH'])}${random.pick(['-', '/', ''])}${random.digits(6)}`,
  ],
  listed: () => ['LISTED', 'Project Lantern'],
  mask: (random) => [null, random.pick(MASKS)],
  date: (random) => [null, DOB(random)],
  age: (random) => [null, String(5 + random.below(13))],
  score: (random) => [null, `${random.below(27)}/${random.pick(['27', '21', '30', '40'])}`],
  number: (random) => [null, String(1 + random.below(60))],
  order: (random) => [null, `401${random.digits(6)}${random.digits(1)}`],
  day: (random) => [null, random.pick(['Monday', 'Tuesday', 'Wed', 'Thursday', 'Fri', 'Saturday', 'Sunday'])],
  month: (random) => [
    null,
    random.pick(['January', 'March', 'April', 'May', 'June', 'August', 'Sept', 'Dec']),
  ],
  drug: (random) => [
    null,
    random.pick([
      'Sertraline',
      'Fluoxetine',
      'Concerta XL',
      'Elvanse',
      'Melatonin',
      'Aripiprazole',
      'Ritalin',
      'Quetiapine',
      'Promethazine',
      'Propranolol',
    ]),
  ],
  tool: (random) => [
    null,
    random.pick([
      'RCADS',
      'SDQ',
      'Conners',
      'Vineland',
      'Beck Depression Inventory',
      'Wechsler',
      'CGAS',
      'HoNOSCA',
      'QbTest',
      'ADOS',
    ]),
  ],
  kin: (random) => [
    null,
    random.pick([
      'mum',
      'Dad',
      'stepdad',
      'foster carer',
      'sister',
      'nan',
      'uncle',
      'boyfriend',
      'social worker',
      'SW',
      'key worker',
    ]),
  ],
}

export function sentenceFrom(template: string, random: Random): Sentence {
  const plants: Plant[] = []
  let text = ''
  let from = 0
  for (const match of template.matchAll(/\{(\w+)\}/g)) {
    text += template.slice(from, match.index)
    const slot = SLOTS[match[1] as string]
    if (slot === undefined) throw new Error(`No slot ${match[1]}`)
    const [kind, words] = slot(random)
    if (kind !== null) plants.push({ kind, start: text.length, end: text.length + words.length })
    text += words
    from = match.index + match[0].length
  }
  return { text: text + template.slice(from), plants }
}

export const WITH_IDENTIFIERS = `
Thank you for seeing {first}, {age}, who was brought by {kin} {first}.
Mum {first} reports self-harm to forearms with a blade.
Telephone call from {titled}, deputy head at {school}.
T/C to {kin} {full} on {phone}, no reply, message left.
SW {full} informed on {phone}.
Dear Dr {surname},\\nThank you for your letter of {date}.
Seen with {first} and her brother {first} at clinic today.
{first} said that she feels safe at home.
{full} was not brought to the appointment.
Spoke to {first}'s form tutor, who is worried about attendance.
Has been staying with {first} since the weekend.
Home visit; {first}’s room was tidy, {first} was tearful.
Best friend is {first}, they met in Year 7.
She was hit by her boyfriend ({first}, {age}).
Hx: {first} disclosed to {full} (DSL) that uncle touched her.
I met {first} today for the third time; {first} drew her family.
Family: mum {first}, stepdad {first}, sisters {first} ({age}) and {first} ({age}).
Present: {full} (SW), {full} (school nurse), Dr {initialled}, CAMHS.
Re: {capitals}, NHS no {nhs}
pt seen w/ mum. {first} guarded ++, mood 4/10, nil SI.
Plan: 1) {first} to ring {first} 2) CPA in 6/52
“I hate it when {first} shouts,” she said.
Kind regards,\\n{full}\\nClinical Psychologist
Yours sincerely, Dr {full}, Consultant Psychiatrist
Discussed in supervision with {first}.
Conversation with class teacher {full} re bullying by {first} and {first}.
ward round: {first} settled overnight, ate 50 % of supper, {first} 1:1 obs
Father is {full}, no contact since {month} 2015.
A boy called {first} has been sending her pictures.
Her keyworker, {full}, will attend on {day}.
Email from {email}: {first} excluded for five days.
Called {phone} twice, then texted {email}.
NHS number {nhs}, DOB {dob}.
NHS: {nhs} / D.O.B: {dob} / Ward 3
Date of birth {dob}, UPN {upn}.
{first} was born on {dob} at 34 weeks.
UPN {upn} confirmed with {school}.
Unique pupil number: {upn}.
NI no {nino} given to benefits adviser.
NINO: {nino}; applied for PIP.
Please write to {postcode}, not the old address.
Lives at {address}, {postcode}, with nan.
Moved to {address} in {month}; landlord refuses repairs.
Family in temporary accommodation at {address}.
Address: {address}, {place}, {postcode}
Found by police at the back of {address}.
Reg of car {vrm}, silver, waits outside school.
Picked up by older male in a car ({vrm}).
See {url} for the post and {url}.
Ref LCS {lcs}. Chronology uploaded.
Mosaic id {lcs}, EH assessment open.
Liquidlogic no: {lcs}
Local authority ref {ref}; SW to update.
Case number {ref}.
Attends {school}, Year 9, part-time timetable.
Permanently excluded from {school} and now at {school}.
She started at {school} in September.
Lives in {place} with maternal grandparents.
Found in {place} with cash and two phones.
Moved from {place} to {place} after the refuge placement broke down.
Trains to {place} at night, believed county lines.
{place} social care have closed the case.
Father in prison near {place}.
Placed out of area ({place}) since {month}.
grew up in {place}, came to {place} aged {age}
Transfer from {place} CAMHS requested.
Referred by the {place} team; family originally from {place}.
Went missing {day}, found at {place} station 02.30.
Known to {listed} since {month}.
Goes to {listed} on {day}s, enjoys it.
mum ({first}) & dad ({first}) separated 2014
Message from {titled}: cannot come on {day}.
{titled} and {titled} attended the LAC review.
Clerked by Dr {surname}; d/w Prof {surname}.
Nurse {surname} gave {drug} at 22:00.
GP {surname} has stopped {drug}.
{first} {mask} attended with {kin} {mask}.
{mask} told me that {first} has been in touch on Snapchat.
Core group minutes: SW {full}, HV {full}, school {full}.
Safety plan shared with {first}, {first} and school.
Incident {date}: {first} punched {first} in the corridor.
Interpreter: {full} (Kurdish).
Signed {full}, RMN
Entered by {full} on {date} at 14:32
Looked after by aunty {first} while mum was in hospital
PC {surname} attended and spoke with {kin}.
Half-sister {first} lives with {first} in {place}.
Asked about {first}, she went quiet; asked about {first}, she smiled.
Attempted call to {titled} – number {phone} no longer in use.
- {first}: settled, nil concerns
• {full} to chase EHCP
{first} (mum) rang: {first} has not slept, ?mania
Told me “{first} made me do it”.
`
  .trim()
  .split('\n')
  .map((line) => line.replaceAll('\\n', '\n'))

export const WITHOUT_IDENTIFIERS = `
Settled on the ward. Contact with brother went well.
Ate 75% of meals, weight {number}.4 kg, BP 110/70, HR 64.
Asperger syndrome diagnosed at {age}; tics consistent with Tourette syndrome.
Screened for Down syndrome, Rett, Edwards and Turner syndrome: negative.
Prader-Willi and Angelman excluded, awaiting genetics.
Gillick competent, Fraser guidelines discussed.
Bowlby and Ainsworth discussed in supervision; Winnicott on play.
Scored {score} on the {tool}, previously {score}.
{tool} and {tool} sent to school.
{drug} {number} mg mane, {drug} 2 mg nocte, no side effects.
Started {drug} in {month}, stopped {month}.
Pharmacy order {order}, page 3 of 4.
Order no {order} collected on {day}.
10 digit ref {order} is a pharmacy order, not an NHS number.
Seen on {date} and again on {date}.
Letter dated {date} received {day}.
{mask} attended with {mask}, {mask} waited outside.
Dear Dr {mask}, thank you for seeing {mask} ({age}).
{mask}’s mum {mask} rang {mask}.
Mr {mask} did not attend.
Will review in May. May need bloods. Mark on left arm healing.
Hope remains low. Faith is important to the family. Grace period agreed.
Joy in play noted. Rose at six, slept well. Chase bloods. Art therapy referral.
Will do. Will send letter. Bill unpaid, electricity off. Pat on the back from teacher.
May was difficult, June better, April half term respite.
Dean of year informed. Drew a picture of the house. Robbery denied; robbed of phone.
In March and April attendance fell to {number} %; by June {number} %.
Summer holidays hard; since Christmas settled. Autumn term reports good.
Reading is behind by two years. Reading age 7, enjoys Reading and Maths.
Bath and bed routine. Deal with worries at night. Sale of house stressful for parents.
Settle time in the sensory room. Sandwich at lunch, no supper. Rugby on {day}s.
Battle at bedtime. Street drugs denied. Barking dog frightened him. Ware of risks.
March review due. Eye contact fair. Wells of sadness. Hull of a boat drawn.
Signposted to Kooth, Childline, Samaritans and YoungMinds.
Barnardo’s support since {month}. Winston’s Wish for bereavement work.
Young Minds leaflet, Papyrus card and Shout number given.
Dr to review. Mum {day}. Mother Denies this.
SW Team informed; GP Surgery called; mum CAMHS.
Nurse in charge informed. Consultant on call aware. Police called.
Present: care co-ordinator, consultant, family therapist, SW (by phone).
Outcome – Will be discussed at MDT on {day}.
Plan: 1. Safety plan 2. Will liaise with school 3. Refer to OT.
Headings: Past Psychiatric History, Family History, Drug and Alcohol.
Social Care closed; Early Help open; Youth Justice Service involved.
Edinburgh Postnatal Depression Scale {score}; Glasgow Coma Scale 15.
Bristol Stool Chart type 4. Beck scores down.
DBT skills: Wise Mind, Opposite Action, Hope Box made.
Cognitive Behaviour Therapy, EMDR, Theraplay and Webster-Stratton offered.
English and Maths GCSE in {month}; likes Science and Drama.
Muslim, speaks Urdu and English at home; Polish interpreter booked.
British Pakistani, White British father, Black Caribbean mother.
Watches Netflix, plays Roblox and Minecraft, uses TikTok and Snapchat.
Attends the local primary, mainstream, with 1:1. High School next year.
The School has sent a report. Primary School concerns. Her College place is at risk.
12 Sessions offered, 3 Court dates, 2 Crown Court hearings.
CP plan, category neglect, ICPC on {date}. s47 closed. s20 since {month}.
Thoughts of Suicide denied. No Plans. No Intent. Protective: Family.
PHQ-9 {score}, GAD-7 {score}, sleep 4/7, SUDS 80 to 35.
O/E: alert, T 36.7, P 88, R 16, sats 99 %, GCS 15/15.
BMI 17.{number}, 9th centile; Hb 12{number}, ferritin {number}.
Friday to Sunday on leave; back Sunday 18.00; obs level 2.
Tier 4 bed requested {day}; Section 2 papers done; AMHP aware.
RAG rating: Risk to self Amber, to others Green. Status Red.
Talk to Frank leaflet given. Mind workshop. Relate counselling for parents.
“I don’t want to be here,” then silent for ten minutes.
Missing from placement x {number} since {month}; returned by Police.
Max 4 tablets. Max dose reached. Rich in iron. Sunny disposition.
Crystal meth denied. Ruby red scars. Amber alert. Ginger hair.
Father in prison until May. Mother under CMHT for psychosis.
Dear Parent, Dear Colleague, Dear Team, Dear All,
He wrote a letter to Father Christmas. Baby P mentioned. Mother Nature drawn.
Sent by internal post. DATIX completed. Ulysses form done. RiO down.
Duke of Edinburgh award; supports Liverpool and Chelsea FC; likes Manchester United.
Stanley knife found. Alice band. Jack Russell called the dog.
Tavistock clinic assessment declined. Anna Freud Centre toolkit used. Maudsley approach.
Taylor Swift fan; reads Harry Potter; afraid of Peppa Pig.
Clare's Law request made. Claire’s Law discussed. Sarah’s Law explained.
Huntington’s in family; Crohn’s disease; Hashimoto thyroiditis; Marfan excluded.
Score 0 1 2 3 4 5 6 7 8 9 on visual scale.
Times: 09.00 10.30 11:15, room B12, extension 4471.
Version 10.2.1, form 0123/45, page 12/27, item A1, Y7 1st in class.
SEN 1 A, stage T2 NOT reached, WARD B12 WAS FULL.
MOOD: LOW. AFFECT: FLAT. PLAN: DISCHARGE TO GP. RISK: MEDIUM.
SAFETY PLAN AND RISK ASSESSMENT UPDATED. DNA X 2. MAY REREFER.
ELSA support twice weekly. SALT report awaited. ERIC advice on enuresis.
Uses Ritalin brand; Concerta XL out of stock at Boots and Asda.
King’s Fund paper; Prince’s Trust course; Queen’s Nurse award.
St John Ambulance cadet; Scouts on {day}; Army Cadets.
Christmas Eve argument; New Year’s Day calmer; Good Friday respite.
Autism: ADOS module 3; ADI-R done; Social Communication clinic.
Section 17 leave; Rose Ward full; moved to Jasmine Ward on {day}.
African Caribbean group; Gypsy, Roma and Traveller liaison; Somali centre.
Victim of knife crime. Justice Works worker met. Chance to talk welcomed.
Miles away in session. Penny dropped. Frank about drinking. Earnest and Robust.
Robin drawn on card; Poppy appeal; Holly wreath made; Daisy chain at respite.
Grandmother Reports improvement. Aunt Feels unsure. Carers Want respite.
Cambridge Nationals in Sport; Oxford Reading Tree; Duke awards.
`
  .trim()
  .split('\n')

/**
 * Written after the finder was done: shapes nobody had in mind when writing it. One thing was mended for them since
 * ("Forest School" and "Recovery College" are no schools by name); names and places were not touched again.
 */
export const HELD_OUT_WITH = `
Child's name: {full} | DOB: {dob} | NHS No: {nhs} | School: {school}
Parents/carers: {full} and {full}, {address}, {place} {postcode}
{first}, {first} and {first} were all in the house when police attended
Supervised contact between {first} and birth mother went well, maternal aunt {first} present throughout
Txt from {first} 21.14: "cant do this anymore"
{titled} (class teacher) says {first} hides under the table
ABE interview w/ DC {surname} at {place} police station
Ambulance called by {first}, crew found {first} on bathroom floor, handed over to {place} A&E
When asked who helps, he named {first} and {first} from football.
In the dream {first} is drowning and nobody hears
O/P review. {first} accompanied by {first} (respite carer). Wt 41.2 kg.
Disclosure made to {full}, teaching assistant, on {date}.
She blocked {first} but {first} keeps making new accounts ({url})
{full}, {age}, is one of four siblings
Copied to: Dr {surname}, {school}; {full}, social worker; parents
Our daughter {first} is not herself, writes mother ({email}).
Landline {phone}; dad's mobile {phone}; do not leave messages with {first}
Birth certificate seen, born {dob} in {place}
Car seen outside on three nights, index {vrm}
UPN: {upn}; on roll at {school} but educated other than at school
Benefits letter shows {nino}.
I explained to {first} and {first} what the medication does
Sleeps at {first}'s most weekends, {first}'s mum drives him home to {place}
Grandparents' caravan near {place}; cousins in {place} and {place}
TAC meeting chaired by {full}. Apologies {full}.
{first} F, aged {age}, Tier 4 referral from {place}
Handover: bed 4 {first} 15 min obs; bed 5 {first} on leave; bed 6 {first} refusing diet
Was with {first} again, the 24 yo who gave her a phone
Case closed on Mosaic {lcs}, new ref {ref}
Foster placement with {titled} ended {date}
Therapist: and who is {first}? ZZZZZ: my brother.
His ex, {first}, is pregnant; her brother {first} made threats
Mother's maiden name {surname}, father's family from {place}
Has a dog and misses {first}, {first} and {first}, who stayed in {place}
`
  .trim()
  .split('\n')

export const HELD_OUT_WITHOUT = `
Chronology compiled from RiO, Mosaic and School records; see Appendix B.
Threshold met: Level 4, Continuum of Need; referred to Early Help Hub.
Ligature removed by Staff Nurse; PRN Promethazine 25 mg given at 21.40.
Capacity Act assessment; Best Interests meeting; Independent Advocate invited.
WISC-V: Verbal Comprehension 84, Working Memory 79, Processing Speed 91.
Strengths and Difficulties Questionnaire (parent) total 24, impact 7.
Sensory Profile, Movement ABC and Test of Everyday Attention completed.
Attachment Style Interview; Adult Attachment; Circle of Security group.
Young person showed me Anime drawings; likes Pokemon, Marvel and Taylor Swift.
Crisis Resolution and Home Treatment took over; Street Triage attended.
Looked After Review chaired by IRO; Pathway Plan; Staying Put discussed.
Non-Molestation Order granted; Special Guardianship assessment; Public Law Outline.
Interim Care Order; Family Court; Children's Guardian; Local Authority threshold.
Encopresis, Movicol increased; Paediatric Continence clinic in {month}.
MSE: Appearance – unkempt. Speech – slow. Mood – “meh”. Thought – no FTD.
HEADSSS: Home tense, Education poor, Activities none, Drugs weekly, Sexuality not discussed.
Ate Weetabix and a Mars bar; drank Fortisip; refused Quorn.
Plays Call of Duty and Grand Theft Auto until 4; Discord at night.
Cut with a Bic razor; Steri-Strips applied; Inadine dressing.
Father’s Day card; Mother’s Day is hard; Bonfire Night flashbacks.
Bereaved by Covid; funeral at the Mosque; Ramadan fasting discussed.
Reports Christian faith; Jehovah’s Witness family; Catholic Church supportive.
Transition to Adult Mental Health; AMHT declined; Recovery College.
Scores: GAD {score}, mood {score}; Children’s Global Assessment Scale 45.
Cognitive Analytic letter; Narrative Exposure; Video Interaction Guidance.
Bruno Mars song; Harry Potter scar; Frozen lunchbox; Spider-Man costume.
Teenage Pregnancy midwife; Sexual Health clinic; Sure Start centre.
Army Foundation; Fire Service course; Duke of Edinburgh bronze.
Sodium Valproate stopped; Levothyroxine {number} mcg; Vitamin D low.
Elective Home Education; Alternative Provision; Forest School on {day}s.
Gang nominal; Osman warning; NRM positive; Conclusive Grounds {date}.
Olympic swimmer hopes; plays for County; Sports Day in {month}.
Rose to the challenge; Will is strong; Faith leader visited; Hope restored; May relapse.
Bill of Rights lesson; Mark scheme; Grant applied for; Dean of students.
Reading group, Bath sheet, Sale agreed, Rugby boots, Street dance, Stone throwing.
`
  .trim()
  .split('\n')

/** The first `templates` in turn, over and over, until there are `count`. */
export function sentences(templates: readonly string[], count: number, seed: number): Sentence[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, index) =>
    sentenceFrom(templates[index % templates.length] as string, random),
  )
}
