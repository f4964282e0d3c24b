import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { parseTheme, themeCookie } from '@/components/shell/theme'
import { geist, geistMono } from './fonts'
import './globals.css'
import './print.css'
import { Providers } from './providers'

export const metadata: Metadata = {
  title: { default: 'Oriel', template: '%s · Oriel' },
  description: 'One pane of glass for the service traffic of Kubernetes clusters',
}

export const viewport: Viewport = { colorScheme: 'light dark' }

/** The theme comes from a cookie, so the first byte has the right colours and no script runs before paint. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${geist.variable} ${geistMono.variable}`}
      suppressHydrationWarning
    >
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
