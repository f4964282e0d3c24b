import { floatClass } from '../ui/popover'

/** The place of the command menu while its code comes, with what was typed meanwhile. */
export const CommandWaiting = ({ typed }: { typed: string }) => (
  <output
    className={`fixed top-[12vh] left-1/2 z-50 flex h-11 w-[min(640px,calc(100vw-32px))] -translate-x-1/2 items-center px-4 text-base ${floatClass}`}
  >
    {typed || <span className="text-fg-3">Opening the command menu …</span>}
  </output>
)
