import type { ToolLink } from '@/core/links/link-template'

/** Links to other tools, in a tab of their own; nothing of this page goes along but what the address says. */
export const ToolLinks = ({ links }: { links: readonly ToolLink[] }) =>
  links.map(({ title, url }) => (
    <a
      key={title}
      href={url}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-flex h-6 items-center text-xs text-accent hover:underline"
    >
      {title}
      <span aria-hidden="true">&nbsp;↗</span>
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  ))
