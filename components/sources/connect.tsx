import { CommandBlock } from '../ui/copy-button'
import { guides, type SourceGuide } from './ways'

/** How to connect another source, one kind at a time. */
export const Connect = () => (
  <div className="flex flex-col rounded-lg border border-line bg-panel">
    {guides.map((guide) => (
      <Guide key={guide.name} guide={guide} />
    ))}
  </div>
)

/** Kinds share a name, so that opening one closes the other. */
const Guide = ({ guide: { name, tells, ways } }: { guide: SourceGuide }) => (
  <details name="connect" className="group border-b border-line last:border-b-0">
    <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3.5 py-2.5 hover:bg-hover">
      <span aria-hidden="true" className="inline-block w-3 text-fg-3 transition-transform group-open:rotate-90">
        ›
      </span>
      <h3 className="text-base font-semibold">{name}</h3>
      <span className="text-fg-2">{tells}</span>
    </summary>
    <div className="grid gap-x-4 gap-y-5 px-3.5 pt-1 pb-4 lg:grid-cols-2">
      {ways.map(({ title, text, command }) => (
        <section key={title} className="flex min-w-0 flex-col gap-1.5">
          <h4 className="font-semibold">{title}</h4>
          <p className="text-fg-2">{text}</p>
          <CommandBlock command={command} />
        </section>
      ))}
    </div>
  </details>
)
