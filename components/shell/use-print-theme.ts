'use client'

import { useEffect } from 'react'

/** Paper is white: while the page is printed it has the light theme, painted charts too. */
export function usePrintTheme(): void {
  useEffect(() => {
    const root = document.documentElement
    let before: string | undefined
    const begin = () => {
      before = root.dataset.theme
      root.dataset.theme = 'light'
    }
    const end = () => {
      if (before === undefined) delete root.dataset.theme
      else root.dataset.theme = before
    }
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
}
