/** Blanks, control and format characters, and what shows as nothing: none of them tells names apart for a reader. */
const unseen = /[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/gu

/** Whether a name is, or looks like, one that clusters keep for themselves (`system:…`), however it is written. */
export const isSystemName = (name: string): boolean =>
  name.normalize('NFKC').replaceAll(unseen, '').toLowerCase().startsWith('system:')
