'use client'

import { Dialog } from '../ui/dialog'
import { CommandList } from './command-list'

type Props = { open: boolean; onOpenChange: (open: boolean) => void; onHelp: () => void }

export function CommandDialog({ open, onOpenChange, onHelp }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Command menu" hideTitle>
      {open && <CommandList onDone={() => onOpenChange(false)} onHelp={onHelp} />}
    </Dialog>
  )
}
