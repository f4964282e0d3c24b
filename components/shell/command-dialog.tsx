'use client'

import { Dialog } from '../ui/dialog'
import { CommandList } from './command-list'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  typed: string
  onType: (typed: string) => void
  onHelp: () => void
}

export function CommandDialog({ open, onOpenChange, ...list }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Command menu" hideTitle>
      {open && <CommandList onDone={() => onOpenChange(false)} {...list} />}
    </Dialog>
  )
}
