'use client'

import { Dialog } from '../ui/dialog'
import { CommandList, type ListProps } from './command-list'

type Props = Omit<ListProps, 'onDone'> & { open: boolean; onOpenChange: (open: boolean) => void }

export function CommandDialog({ open, onOpenChange, ...list }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Command menu" hideTitle>
      {open && <CommandList onDone={() => onOpenChange(false)} {...list} />}
    </Dialog>
  )
}
