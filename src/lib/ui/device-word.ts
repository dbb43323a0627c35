/** “phone” where it is one; the messages say “device” for anything else. */
export function deviceWord(): 'phone' | 'device' {
  return matchMedia('(pointer: coarse)').matches || innerWidth < 640 ? 'phone' : 'device';
}
