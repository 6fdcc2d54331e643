/** How names of persons are written: the expressions that the finders of names share. All repetitions are bounded. */

/** What stands before a family name and belongs to it. */
const PARTICLE_WORDS = 'de|da|di|do|dos|del|della|du|la|le|van|von|der|den|bin|ibn|ap|ul|ter|ten'
const SIMPLE = String.raw`(?:\p{Lu}['’])?\p{Lu}[\p{Ll}\p{M}]{1,30}(?:\p{Lu}[\p{Ll}\p{M}]{1,30})?`
/** "Ó Briain", "Mac Giolla", "St. John" behind a hyphen. */
const BEFORE_JOINED = `(?:(?:${PARTICLE_WORDS}) ){1,2}|(?:Ó|Ní|Nic|Uí|Mac|Mc|St\\.?) `
const JOINED = `(?:[-'’](?:${BEFORE_JOINED})?${SIMPLE}){0,2}`

/** One name, with what hyphens and apostrophes join to it: "Smith-O'Neill", "Jones-de Souza", "MacDonald-Ó Briain". */
export const NAME_WORD = `${SIMPLE}${JOINED}`
/** The same behind a title, where a saint is a family name: "Ms St. John". */
export const TITLED_WORD = `(?:St\\.? )?${NAME_WORD}`
export const INITIALS = /(?:\p{Lu}\.? ?){1,3}(?<=[ .])/uy
export const ONE_NAME = new RegExp(NAME_WORD, 'uy')
export const ONE_TITLED_NAME = new RegExp(TITLED_WORD, 'uy')
export const PARTICLE = new RegExp(`(?:(?:${PARTICLE_WORDS}) ){1,2}|(?:[Aa]l|[Ee]l|[Uu]l|[Aa]s|[Aa]n)-`, 'uy')
/** One more word of a name: an initial, or a family name with what may stand before it. */
export const NEXT_NAME = new RegExp(
  `[ \u00a0](?:(?:de|da|di|do|dos|del|della|du|la|le|van|von|der|den|bin|bint|ibn|ben|ap|ab|ul|ur|un|al|el|ter|ten) ){0,2}(?:(?:[Aa]l|[Ee]l|[Aa]s|[Aa]n|[Uu]l)-)?(${NAME_WORD}|\\p{Lu}\\.?(?= ${NAME_WORD}))(?![\\p{L}\\p{N}_])`,
  'uy',
)

const CAPITALS = String.raw`(?:\p{Lu}['’]|Mc|Mac)?\p{Lu}[\p{Lu}\p{M}]{1,30}`
const PARTICLE_CAPITALS = String.raw`(?:(?:${PARTICLE_WORDS.toUpperCase()}|${PARTICLE_WORDS}|AL|EL|BINT|BEN|ST\.?|Ó|O) )`
/** A family name in capitals behind a title: "O'NEILL", "VAN DER BERG", "SMITH-O'NEILL", "McDONALD". */
export const TITLED_CAPITALS = new RegExp(
  `(?:\\p{Lu}(?:\\. ?| )){0,3}(${PARTICLE_CAPITALS}{0,2}(${CAPITALS})(?:[-'’]${PARTICLE_CAPITALS}?${CAPITALS}){0,2})(?![\\p{L}\\p{N}_])`,
  'uy',
)
/** One more word in capitals behind it. */
export const NEXT_CAPITALS = new RegExp(
  `[ \u00a0](${CAPITALS}(?:[-'’]${CAPITALS}){0,2})(?![\\p{L}\\p{N}_])`,
  'uy',
)
