import { route } from '@/server/http'
import { whyView } from '@/server/views/why'

export const GET = route(whyView)
