/** Scripts of which letters look alike: a name has letters of one of them only. */
const alike = [/\p{sc=Latin}/u, /\p{sc=Cyrillic}/u, /\p{sc=Greek}/u, /\p{sc=Armenian}/u, /\p{sc=Cherokee}/u]

/** Small letters that are read as Latin ones, and those. */
const foreign = 'аеіїјорсухѕԁԛԝһӏктмвнαιονρυκτχօսոհցıɡɑ'
const latin = 'aeiijopcyxsdqwhlktmbhaiovpuktxounhgiga'
const readAs = new Map([...foreign].map((letter, i) => [letter, latin.charAt(i)]))

/** Whether letters of scripts that look alike stand in one name. */
export const mixesScripts = (name: string): boolean =>
  alike.filter((script) => script.test(name.normalize('NFKC'))).length > 1

/** How a name looks, without what nobody sees: two of one look are taken for each other. */
export function lookOf(name: string): string {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
  return [...plain].map((letter) => readAs.get(letter) ?? letter).join('')
}
