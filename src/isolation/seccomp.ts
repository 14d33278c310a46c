/**
 * The system calls a shell may not make, as a classic BPF program for `bwrap --seccomp`
 * (struct sock_filter of linux/filter.h over struct seccomp_data of linux/seccomp.h).
 * x86_64 only: a call by any other architecture's table kills the process.
 */
export function seccompFilter(): Uint8Array {
  return assemble([
    load(ARCH),
    jumpUnlessEqual(AUDIT_ARCH_X86_64, "kill"),
    load(NUMBER),
    jumpIfAtLeast(X32_BIT, "missing"),
    jumpIfEqual(CLONE3, "missing"),
    jumpIfEqual(CLONE, "clone"),
    jumpIfEqual(IOCTL, "ioctl"),
    ...Object.values(DENIED).map((number) => jumpIfEqual(number, "denied")),
    answer(ALLOW),
    label("clone"),
    load(ARGUMENT_0),
    jumpIfAnyBit(NAMESPACE_FLAGS, "denied"),
    answer(ALLOW),
    label("ioctl"),
    // The kernel looks at the low 32 bits only, so we do too (CVE-2019-10063).
    load(ARGUMENT_1),
    jumpIfEqual(TIOCSTI, "denied"),
    jumpIfEqual(TIOCLINUX, "denied"),
    answer(ALLOW),
    label("denied"),
    answer(ERRNO | EPERM),
    label("missing"),
    // glibc falls back from clone3 to clone, whose flags can be looked at.
    answer(ERRNO | ENOSYS),
    label("kill"),
    answer(KILL_PROCESS),
  ]);
}

const NUMBER = 0;
const ARCH = 4;
const ARGUMENT_0 = 16;
const ARGUMENT_1 = 24;
const AUDIT_ARCH_X86_64 = 0xc000003e;
const X32_BIT = 0x40000000;
const CLONE = 56;
const CLONE3 = 435;
const IOCTL = 16;
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;
// NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
const NAMESPACE_FLAGS = 0x7e020000;
const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const KILL_PROCESS = 0x80000000;
const EPERM = 1;
const ENOSYS = 38;

/** Answered with EPERM; numbers of arch/x86/entry/syscalls/syscall_64.tbl. */
export const DENIED = {
  ptrace: 101,
  syslog: 103,
  personality: 135,
  vhangup: 153,
  pivot_root: 155,
  adjtimex: 159,
  chroot: 161,
  acct: 163,
  settimeofday: 164,
  mount: 165,
  umount2: 166,
  swapon: 167,
  swapoff: 168,
  reboot: 169,
  sethostname: 170,
  setdomainname: 171,
  iopl: 172,
  ioperm: 173,
  init_module: 175,
  delete_module: 176,
  quotactl: 179,
  lookup_dcookie: 212,
  clock_settime: 227,
  mbind: 237,
  kexec_load: 246,
  add_key: 248,
  request_key: 249,
  keyctl: 250,
  unshare: 272,
  move_pages: 279,
  perf_event_open: 298,
  name_to_handle_at: 303,
  open_by_handle_at: 304,
  clock_adjtime: 305,
  setns: 308,
  process_vm_readv: 310,
  process_vm_writev: 311,
  kcmp: 312,
  finit_module: 313,
  kexec_file_load: 320,
  bpf: 321,
  userfaultfd: 323,
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  fsconfig: 431,
  fsmount: 432,
  fspick: 433,
  pidfd_getfd: 438,
  mount_setattr: 442,
  quotactl_fd: 443,
  memfd_secret: 447,
} as const;

type Target = "kill" | "missing" | "denied" | "clone" | "ioctl";
type Line =
  | { readonly label: Target }
  | { readonly code: number; readonly k: number; readonly yes?: Target; readonly no?: Target };

const BPF_LD_W_ABS = 0x20;
const BPF_JEQ_K = 0x15;
const BPF_JGE_K = 0x35;
const BPF_JSET_K = 0x45;
const BPF_RET_K = 0x06;

function load(offset: number): Line {
  return { code: BPF_LD_W_ABS, k: offset };
}

function jumpIfEqual(k: number, yes: Target): Line {
  return { code: BPF_JEQ_K, k, yes };
}

function jumpUnlessEqual(k: number, no: Target): Line {
  return { code: BPF_JEQ_K, k, no };
}

function jumpIfAtLeast(k: number, yes: Target): Line {
  return { code: BPF_JGE_K, k, yes };
}

function jumpIfAnyBit(k: number, yes: Target): Line {
  return { code: BPF_JSET_K, k, yes };
}

function answer(k: number): Line {
  return { code: BPF_RET_K, k };
}

function label(name: Target): Line {
  return { label: name };
}

/** Eight bytes an instruction: u16 code, u8 jump if true, u8 jump if false, u32 k. */
function assemble(lines: readonly Line[]): Uint8Array {
  const positions = new Map<Target, number>();
  const program: Exclude<Line, { label: Target }>[] = [];
  for (const line of lines) {
    if ("label" in line) {
      positions.set(line.label, program.length);
    } else {
      program.push(line);
    }
  }
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, { code, k, yes, no }] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(distance(positions, index, yes), index * 8 + 2);
    bytes.writeUInt8(distance(positions, index, no), index * 8 + 3);
    bytes.writeUInt32LE(k, index * 8 + 4);
  }
  return bytes;
}

function distance(
  positions: ReadonlyMap<Target, number>,
  index: number,
  target: Target | undefined,
): number {
  return target === undefined ? 0 : (positions.get(target) ?? 0) - index - 1;
}
