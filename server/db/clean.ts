import { clean as cleanText } from '@/core/text/text'

/** A name of a stranger as it is kept (core/text/text.ts). PostgreSQL has no NUL in text, and an index takes no key above 2.7 kB. */
export const clean = (text: string): string => cleanText(text, 512)
