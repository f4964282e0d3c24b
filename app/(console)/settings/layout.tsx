import type { ReactNode } from 'react'
import { SettingsNav } from '@/components/settings/settings-nav'
import { ConsolePage } from '@/components/shell/console-page'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <ConsolePage title="Settings" timeless>
      <div className="flex min-h-0 flex-1 flex-col xl:flex-row">
        <SettingsNav />
        {/* A page that fills the window (data-fills) scrolls by itself. */}
        <div className="min-h-0 min-w-0 flex-1 overflow-auto has-[>*>[data-fills]]:overflow-hidden">
          <div className="mx-auto flex max-w-[1100px] flex-col gap-4 p-4 pb-16 has-[>[data-fills]]:h-full has-[>[data-fills]]:max-w-none has-[>[data-fills]]:p-0">
            {children}
          </div>
        </div>
      </div>
    </ConsolePage>
  )
}
