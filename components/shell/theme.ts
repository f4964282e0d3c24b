/** What the viewer chose; `system` follows the operating system. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeCookie = 'oriel-theme'

export const parseTheme = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? 'system'
