/**
 * Capitalised words of notes that are no names: one place for every finder. Written down from what the notes of
 * British services talk about; in groups, because titles, kin words and the dictionary treat them differently.
 */

const CALENDAR = `
Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mondays Tuesdays Wednesdays Thursdays Fridays
Saturdays Sundays Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January February March April May June July
August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Christmas Easter
Ramadan Eid Diwali Hanukkah Halloween Bank Spring Summer Autumn Winter Today Tomorrow Yesterday Tonight
Morning Afternoon Evening Night Day Week Weekend Month Year Years Term
`
const GRAMMAR = `
The A An And Or But If In On At To Of For From With By As Is Was Are Were Has Had Have Be Been Being Will
Would Can Could Should Might Must Does Did Do Not No Yes He She They It We I You Me Him Them Us His Her
Their Its Our My Your This That These Those There Then Than When Where Who Whom Whose What Which Why How
Also Again Very Still Now After Before Since Until While Because Both All Some Any Each Other Another Others
Same Only Just So Such Too More Most Nil None Nobody Nothing Never Always Often Once Twice One Two Three
Four Five Six Seven Eight Nine Ten First Second Third Last Next About Above Across Against Along Although
Among Around Below Between Despite Down During Even Every Except However Into Like Many Near Off Out Over
Per Plus Previously Recently Regarding Re Through Under Up Upon Via Well Within Without Dear Hi Hello Hey
Thanks Thank Please Sorry Yours Kind Best Warm Regards Wishes Sincerely Faithfully Here Currently Initially
Finally Overall Otherwise
`
const PEOPLE = `
Mum Mums Mummy Mother Mam Dad Dads Daddy Father Brother Sister Aunt Aunty Auntie Uncle Nan Nana Nanna Gran
Granny Grandma Grandmother Grandad Granddad Grandfather Stepmum Stepdad Stepmother Stepfather Partner Son
Daughter Cousin Friend Friends Carer Carers Parent Parents Parental Family Families Sibling Siblings Child
Children Young Youth Person People Patient Client Pupil Student Baby Boy Girl Boys Girls Man Woman Adult
Adults Mr Mrs Ms Miss Mx Dr Doctor Prof Professor Sir Nurse Consultant Psychiatrist Psychologist
Psychotherapist Therapist Paediatrician Practitioner Teacher Headteacher Head Clinician Coordinator Worker
Manager Deputy Assistant Trainee Advisor Officer Senior Lead Registrar Specialist Associate Trust Staff
Solicitor Guardian Interpreter Neighbour Mentor Coach Midwife Counsellor Secretary Receptionist
Administrator Director Dietitian Pharmacist Physiotherapist Dentist Optician Victim Witness
`
/** Verbs and states that stand behind a name or begin a line. */
const SAYING = `
Reports Reported Reporting Says Said Denies Denied Feels Felt Called Concerned Worried Attended Attends
Attending Informed Agreed Agrees Asked Asks Told Thinks Thought Wants Wanted Declined Discussed Present
Presents Presented Presenting Aware Unaware Seen Spoke Phoned Telephoned Emailed Texted Came Stated States
Described Describes Disclosed Expressed Explained Confirmed Advised Requested Expects Appeared Appears
Arrived Left Returned Returns Refused Refuses Known Lives Lived Living Moved Started Stopped Continues
Continue Remains Become Became Given Gave Made Makes Took Taken Takes Needs Need Needed Likes Loves Hates
Struggles Struggled Admitted Discharged Referred Accepted Closed Open Opened Found Looked Looks Met Rang Saw
Went Gone Goes Uses Used Using Remained Reviewed Offered Supported Shared Sent Received Completed Planned
Signed Dictated Typed Written Entered Copied Checked Followed Shouted Cried Tearful Settled Angry Anxious
Low Calm Quiet Happy Sad Engaged Mute Alert Pleasant Neglect Noted Observed Born Aged Due
`
/** Words of services, places of care, subjects, headings. */
const SERVICES = `
Social Work Works Service Services Care Team Teams Surgery Practice Health Healthcare Mental School Schools
College Academy University Primary Secondary Nursery Hospital Clinic Centre Center Ward Unit House Home
Homes Court Police Street Road Council Borough County City Town District English Maths Mathematics Science
History Geography Drama Music Sports Sport Games Football Netball Boxing Computing Cookery Letter Letters
Referral Referrals Review Reviews Assessment Assessments Appointment Appointments Meeting Meetings Visit
Visits Plan Plans Planning Report Notes Note Group Groups Session Sessions Support Help Line Helpline Hub
Safeguarding Placement Fostering Foster Adoption Adolescent Adolescents Inpatient Outpatient Outpatients
Community Crisis Intervention Interventions Early Intensive Access Pathway Panel Conference Core Strategy
Education Educational Inclusion Behaviour Behavioural Pastoral Welfare Attendance Form Tutor Department
Board Ofsted Government Parliament Act Section Order Orders Tier Level Stage Phase Step Steps Programme
Program Project Charity Foundation Institute Society Association Union Authority Agency Probation Prison
Justice Offending Custody Magistrates Crown Tribunal Cafcass Ambulance Accident Emergency Resus Theatre
Pharmacy Paediatrics Paediatric Neurology Radiology Psychiatry Psychology Psych Therapy Therapies
Counselling Nursing Medicine Medical Occupational Speech Language Play Dance Drug Drugs Alcohol Tobacco
Cannabis Risk Risks Safety Box Room Reception Duty Desk Office Supervision Handover Round Rounds Summary
Impression Formulation Diagnosis Diagnoses Treatment Medication Medications Allergies Bloods Weight Height
Bmi Mood Sleep Appetite Affect Insight Thoughts Perception Cognition Appearance Eating Disorder Disorders
Anxiety Depression Autism Autistic Spectrum Syndrome Disease Scale Scales Test Tests Inventory Questionnaire
Index Interview Schedule Checklist Score Scores Guidelines Guideline Competence Competency Competent
Criteria Model Handbook Manual Outcome Outcomes Action Actions Background Consent Contact Contacts Copy Date
Time Email Fax Tel Telephone Phone Mobile Address Postcode Number Name Names Surname Gender Ethnicity
Religion Diary Entry Event Events Incident Update Updates Overview Concerns Issues Strengths Goals Goal Aim
Aims Holiday Holidays Camp Club Trip Park Beach Cinema Zoo Avenue Lane Close Drive Crescent Gardens Library
Church Mosque Temple Station Bus Train Airport Bar Pub Shop Hotel Hostel Pain Injury Wound Blood Urine Heart
Physical Sexual Emotional Domestic Violence Abuse Exploitation Criminal Online Missing Return Episode
Episodes Trauma Grief Loss Self Harm Suicide Suicidal Overdose
`
/** Languages, peoples, faiths, countries, brands. */
const SOCIETY = `
British Irish Scottish Welsh Polish Romanian Bulgarian Ukrainian Russian Lithuanian Latvian Portuguese
Spanish Italian French German Greek Turkish Kurdish Arabic Arab Persian Iranian Iraqi Syrian Afghan
Pakistani Indian Bangladeshi Bengali Punjabi Urdu Hindi Gujarati Tamil Sri Lankan Nepali Chinese Cantonese
Vietnamese Filipino Somali Sudanese Eritrean Ethiopian Nigerian Yoruba Igbo Ghanaian Twi Kenyan Zimbabwean
Congolese Jamaican Caribbean African Asian European American Roma Romany Gypsy Traveller Travellers Muslim
Christian Jewish Hindu Sikh Buddhist Catholic Anglican Islam Bible Quran Koran Christ Jesus God Allah Black
White Mixed Brown England Scotland Wales Ireland Britain Kingdom Europe Africa America Asia India Pakistan
Bangladesh Poland Romania Ukraine Syria Iraq Iran Afghanistan Somalia Eritrea Nigeria Ghana Zimbabwe Jamaica
Spain France Germany Italy Turkey Nature Brexit Covid Coronavirus Lockdown Facebook Instagram Snapchat Whatsapp
WhatsApp TikTok Tiktok YouTube Youtube Twitter Discord Roblox Minecraft Fortnite Netflix Google Apple Amazon
Zoom Skype Microsoft Word Excel Outlook Xbox Playstation PlayStation Nintendo Switch Lego Barbie Disney
Pokemon Marvel Spotify Uber Tesco Asda Sainsbury Sainsburys Aldi Lidl Morrisons Primark Greggs Costa
Starbucks Nando Nandos McDonalds Argos Boots Nike Adidas
`
/** Charities, helplines, record systems and tools of the trade. */
const TOOLS = `
Kooth Childline ChildLine Samaritans Samaritan Papyrus YoungMinds Youngminds Relate Mencap Crimestoppers
Headspace Togetherall Silvercloud SilverCloud MindEd Healios Stonewall Mermaids Headstart Theraplay Datix
SystmOne Carenotes Mosaic Liquidlogic Kidscape Youthline Jigsaw Banardos Refuge Shelter Citizens Advice Qb
Qbtest QbTest Sertraline Brite Prevent Channel Shout Triple Incredible Relapse Thrive Storyboards Turning
Point Makaton Braille Story Stories Circle Toolkit Ladder Thermometer
`
/** Drugs by their names in the formulary and by common brands, and those of the street. */
const DRUGS = `
Fluoxetine Citalopram Escitalopram Paroxetine Mirtazapine Venlafaxine Duloxetine Amitriptyline Clomipramine
Trazodone Bupropion Prozac Methylphenidate Lisdexamfetamine Dexamfetamine Atomoxetine Guanfacine Clonidine
Ritalin Concerta Concerta-XL Equasym Medikinet Xaggitin Delmosart Matoride Elvanse Strattera Intuniv Amfexa
Melatonin Circadin Slenyto Risperidone Olanzapine Aripiprazole Quetiapine Clozapine Haloperidol Amisulpride
Lurasidone Chlorpromazine Lithium Priadel Valproate Epilim Depakote Lamotrigine Carbamazepine Tegretol
Levetiracetam Keppra Topiramate Diazepam Lorazepam Clonazepam Midazolam Temazepam Zopiclone Promethazine
Phenergan Propranolol Procyclidine Naltrexone Buprenorphine Methadone Codeine Tramadol Morphine Paracetamol
Ibuprofen Aspirin Calpol Nurofen Naproxen Amoxicillin Penicillin Flucloxacillin Erythromycin Trimethoprim
Salbutamol Ventolin Montelukast Beclometasone Cetirizine Loratadine Piriton Omeprazole Lansoprazole Gaviscon
Movicol Laxido Lactulose Desmopressin Oxybutynin Levothyroxine Metformin Insulin Prednisolone Hydrocortisone
Isotretinoin Roaccutane Microgynon Rigevidon Cerazette Cerelle Depo-Provera Implanon Nexplanon Ferrous Folic
Vitamin Thiamine Pabrinex Fortisip Ensure Nicotine Spice Ketamine Cocaine Heroin Mdma Ecstasy Xanax Valium
Pregabalin Gabapentin Lyrica Benzos Triptorelin Decapeptyl Testosterone Oestrogen Estradiol
`
/** People whom diseases, tests and rules are called after. Family names too: behind "Mr" or a first name they stay. */
const EPONYMS = `
Asperger Aspergers Tourette Tourettes Down Downs Beck Conners Gillick Fraser Winnicott Bowlby Ainsworth
Vineland Wechsler Rett Edwards Turner Prader Willi Angelman Klinefelter Klinefelters Marfan Marfans
Munchausen Munchhausen Barnardo Barnardos Freud Jung Klein Piaget Vygotsky Erikson Maslow Rogers Bandura
Pavlov Skinner Adler Bion Fonagy Bateman Linehan Rutter Kolb Gibbs Cushing Cushings Crohn Crohns Hashimoto
Huntington Huntingtons Parkinson Parkinsons Alzheimer Alzheimers Korsakoff Wernicke Raynaud Raynauds
Sydenham Ehlers Danlos Noonan DiGeorge Gastaut Landau Kleffner Dravet Rasmussen Kanner Lesch Nyhan
Cornelia Fragile Perthes Duchenne Kawasaki Hirschsprung Apgar Babinski Romberg Stroop Stockholm Likert
Cronbach Gantt Venn Heimlich Raven Ravens Maudsley Tavistock Portman Tanner Snellen Waterlow Vanderbilt
Achenbach Hamilton Montgomery Asberg Yale Bayley Griffiths Spence Goodman Rorschach Laming Climbie Munro
Caldicott Bolam Bournewood Hackett Finkelhor Edinburgh Glasgow Bristol
`

const words = (...lists: string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.trim().split(/\s+/)))

/** Never a name, nor a part of one. */
export const NOT_NAMES = words(CALENDAR, GRAMMAR, PEOPLE, SAYING, SERVICES, SOCIETY, TOOLS, DRUGS)
/** Days, months, feasts, and the words a sentence is built with: not even behind "Mr" ("Miss Monday's lesson"). */
export const NEVER_TITLED = words(CALENDAR, GRAMMAR)
/** Family names among them: names behind a title or a first name. */
export const ALSO_SURNAMES = words(`
Banks Bell Black Brown Church Coach Cook Costa Day Grant Hill Lane Law Lord Marvel Park Parks Price Rich Small Ward White Young
`)
/** Family names that mean the other thing more often: names behind "Mr", "Mrs" and "Dr" only. */
export const TITLED_SURNAMES = words(`
Best Court Day Drew English French Gay Head Holiday Home House Irish Joy Justice Long Low March Mark May Night Nurse Page Place Street Summer Town
Ward Warm Welsh West Will Winter Wood Word Moody Christian Friday Box Hall Wells Bank Major Deputy Singh Close
`)
/** Capitalised at the start of a sentence before a name: "Saw Grace", "With Mark". */
export const BEFORE_NAMES = words(GRAMMAR, SAYING)
/** Not a name on its own or behind a kin word. */
export const EPONYM_WORDS = words(EPONYMS)

/** Behind a name these make it the name of something: "Charlotte House", "Tourette syndrome", "Clare's Law". */
export const INSTITUTION_WORDS = words(`
Hospital Clinic Centre Center School Academy College University Road Rd Street Avenue Ave Drive Unit Trust Foundation Nursery Surgery
Society Hospice Suite Gardens Crescent Terrace Square Estate Library Church House Lodge Cottage Court Close Grove Way Place Practice
Charity Institute Programme Scale Scales Test Tests Inventory Questionnaire Interview Syndrome Disease Law Rule Act Award Line Station Inquiry
Wish Journey Hub Service Services Therapy Box Room Team Report Criteria Guidelines Competence Competency Index Method Technique Project
Bridge Arms Inn FC United Shopping Market Building
syndrome syndromes disease criteria scale competent competence competency guidelines guideline palsy knife band
`)
/** Family names that are parts of buildings, roads and wards as well: no name behind "on", "at", "to" and the like. */
export const SOFT_INSTITUTION_WORDS = words('Ward Hall Park Bank Church Lane Hill Green Bridge Market Field')
/** Before a name these make it a church, a palace, a hospital or a royal. */
export const BEFORE_INSTITUTION = words(
  'St Saint Saints Queen King Prince Princess Duke Duchess Earl Santa San Old Hurricane Storm Operation Project Lake Mount Port Fort Cape',
)

/** Books, films, charities, public figures and cases every service talks about. */
const WELL_KNOWN_NAMES = `
Aaron Beck, Albert Bandura, Alice in Wonderland, Amy Winehouse, Andrew Tate, Anna Freud, Anne Frank, Ariana Grande, Ben Nevis, Billie Eilish, Boris Johnson, Bruno Mars
Carl Jung, Carl Rogers, Charlie Chaplin, Charlie and the Chocolate, Cristiano Ronaldo, Dan Hughes, David Cameron, Donald Trump, Donald Winnicott, Doc Martens
Ed Sheeran, Emma Watson, Erik Erikson, George Floyd, Greta Thunberg, Harry Potter, Harry Styles, Hermione Granger, Homer Simpson
Jack Daniels, Jack Russell, Jimmy Savile, John Bowlby, John Lewis, Jean Piaget, Jane Eyre, James Bond, Justin Bieber, Kate Middleton, Keir Starmer
Kurt Cobain, Lennox-Gastaut, Lewis Capaldi, Lionel Messi, Lucy Faithfull, Marcus Rashford, Margaret Thatcher, Maria Montessori, Marie Curie, Marie Stopes, Mary Ainsworth, Mary Poppins, Mary Seacole
Melanie Klein, Michael Jackson, Michael Rutter, Oliver McGowan, Oliver Twist, Peppa Pig, Peter Connelly, Peter Fonagy, Peter Pan, Rishi Sunak, Ronald McDonald, Rosa Parks, Sally Army, Simon Says, Sigmund Freud, Stephen Lawrence, Taylor Swift, Thomas the Tank, Tommy Hilfiger, Tom Holland, Victoria Climbie, William Shakespeare, Winnie the Pooh
`
/** By their first word. */
export const WELL_KNOWN: ReadonlyMap<string, readonly string[]> = (() => {
  const byFirst = new Map<string, string[]>()
  for (const name of WELL_KNOWN_NAMES.trim().split(/,\s*|\n/)) {
    const first = /^[A-Za-z]+/.exec(name)?.[0] ?? name
    byFirst.set(first, [...(byFirst.get(first) ?? []), name])
  }
  return byFirst
})()
/** Countries and cities elsewhere that are first names too: not names behind "in", "from", "to". */
export const FOREIGN_PLACES = words(
  'Alexandria Austin Brooklyn Chad Florence Georgia India Israel Jordan Kenya Lourdes Mali Milan Paris Samara Santiago Sofia Sydney',
)
