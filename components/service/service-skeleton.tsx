import type { Endpoint } from '@/core/endpoint'
import { placeWord } from '../format'
import { Skeleton } from '../ui/skeleton'

/** The page's geometry while its first answer comes. */
export function ServiceSkeleton({ self }: { self: Endpoint }) {
  return (
    <output aria-label="Loading the service" className="flex flex-col gap-3.5 px-5 pt-3">
      <div>
        <p className="font-mono text-xs text-fg-2">
          {placeWord(self)} / {self.kind}
        </p>
        <p className="mt-0.5 text-2xl font-semibold tracking-tight wrap-anywhere">{self.name}</p>
      </div>
      <div className="grid grid-cols-1 gap-3.5 lg:grid-cols-3">
        <Skeleton className="h-[180px]" />
        <Skeleton className="h-[180px]" />
        <Skeleton className="h-[180px]" />
        <Skeleton className="h-[226px] lg:col-span-3 xl:col-span-2" />
        <Skeleton className="h-[226px]" />
        <Skeleton className="h-64 lg:col-span-3 xl:col-span-2" />
      </div>
    </output>
  )
}
