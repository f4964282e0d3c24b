'use client'

import { useState } from 'react'
import type { Mend } from '@/core/encryption/causes'
import { CommandBlock } from '../ui/copy-button'
import { Popover } from '../ui/popover'
import { mendSteps } from './mend-steps'

/** What mends an edge, in words and commands. Nothing is done from here. */
export function MendMenu({ mend, of }: { mend: Mend; of: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={`What mends ${of}`}
      trigger={<span className="max-w-40 truncate 2xl:max-w-72">{mend.words}</span>}
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-[min(520px,calc(100vw-16px))] p-3 text-left whitespace-normal"
    >
      <p className="font-semibold">
        {mend.words}
        {mend.cluster && <span className="ml-2 font-normal text-fg-3">cluster {mend.cluster}</span>}
      </p>
      <ul className="mt-2 flex flex-col gap-2.5">
        {mendSteps(mend).map(({ say, command }) => (
          <li key={say}>
            <p className="mb-1 text-fg-2">{say}</p>
            {command && <CommandBlock command={command} />}
          </li>
        ))}
      </ul>
    </Popover>
  )
}
