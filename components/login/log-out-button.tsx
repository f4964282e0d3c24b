'use client'

import { Button } from '../ui/button'
import { logOut } from './log-out'

export const LogOutButton = () => (
  <Button className="min-h-9" onClick={() => void logOut()}>
    Log out
  </Button>
)
