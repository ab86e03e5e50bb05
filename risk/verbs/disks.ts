import type { Args } from '../args.ts';
import type { Call } from '../context.ts';
import { judgePath } from '../paths.ts';
import { changes, endangers, forbids, reads, type Ruling } from '../ruling.ts';
import type { Tool } from '../tool.ts';
import { readFiles, writeFile } from './readers.ts';

const shows: Ruling = { risk: 'read_only', why: 'It only shows something.' };
const loss = 'It destroys what is on a disk.';
const lost: Ruling = { risk: 'forbidden', rule: 'disk-loss', why: loss };

/** Options with which a program for partitions only shows; the same letter means something else in the next one. */
const listing: Readonly<Record<string, readonly string[]>> = {
  fdisk: ['-l', '--list', '-s', '--getsz', '-x'],
  sfdisk: ['-l', '--list', '-d', '--dump', '-J', '--json', '-V', '--verify', '-s', '--show-size', '-F', '--list-free', '-g'],
  sgdisk: ['-p', '--print', '-i', '--info', '-v', '--verify', '-O', '--print-mbr'],
  gdisk: ['-l'],
  parted: ['-l', '--list'],
  partx: ['-s', '--show', '-l', '--list', '-r', '-o'],
  kpartx: ['-l'],
  partprobe: ['-d', '--dry-run', '-s', '--summary'],
};

function partition(call: Call, args: Args): Ruling {
  const known = listing[call.name] ?? [];
  if (call.name === 'parted') {
    const verbs = args.operands.slice(1).map(({ text }) => text);
    const prints = verbs.length > 0 && verbs.every((word, index) => /^(print|p|free|all|list|devices|unit|align-check)$/.test(word) || /^(unit|align-check)$/.test(verbs[index - 1] ?? ''));
    return args.has(...known) || prints ? shows : lost;
  }
  if (args.options.length > 0 && args.options.every(({ name }) => known.some((one) => name === one))) return shows;
  return /^(partprobe|partx|kpartx|addpart|delpart|resizepart)$/.test(call.name) ? { risk: 'dangerous', rule: 'disk-table', why: 'It changes what the kernel knows of a disk.' } : lost;
}

/** Disks, partitions, volumes and file systems. */
export const disks: readonly Tool[] = [
  {
    names: 'dd gdd dcfldd dc3dd ddrescue',
    inspect(call, args) {
      for (const word of args.operands) {
        const [key, ...rest] = word.text.split('=');
        const path = { ...word, text: rest.join('=') };
        if (key === 'of') writeFile(call, path);
        if (key === 'if') readFiles(call, [path]);
      }
      return { risk: args.operands.some(({ text }) => text.startsWith('of=')) ? 'dangerous' : 'caution', rule: call.name, why: 'It copies raw data, over whatever was there.' };
    },
  },
  { names: 'mkfs mke2fs mkswap mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mkfs.minix mkfs.f2fs mkfs.exfat mkfs.cramfs mkfs.bfs mkdosfs mkntfs newfs format blkdiscard scrub nwipe', harmless: '-n -N', otherwise: lost },
  { names: 'wipefs', harmless: '-n --no-act', options: { valued: '-o --offset -t --types -O --output' }, inspect: (_, args) => (args.has('-a', '--all', '-o', '--offset', '-f', '--force') ? lost : shows) },
  { names: 'fdisk sfdisk cfdisk gdisk sgdisk cgdisk parted gparted partprobe partx kpartx addpart delpart resizepart', options: { valued: '-i --info -o' }, inspect: partition },
  { names: 'pvs vgs lvs pvdisplay vgdisplay lvdisplay pvscan vgscan lvscan lvmdiskscan', otherwise: shows },
  { names: 'pvremove vgremove lvremove vgreduce lvreduce', otherwise: lost },
  { names: 'pvcreate vgcreate lvcreate vgextend lvextend lvresize pvresize vgchange lvchange pvchange pvmove lvconvert vgrename lvrename vgexport vgimport vgcfgrestore', otherwise: { risk: 'dangerous', why: 'It changes the layout of the disks.' } },
  { names: 'lvm dmsetup', verbs: [reads('pvs|vgs|lvs|ls|info|status|table|deps|version|pvdisplay|vgdisplay|lvdisplay|fullreport'), forbids('lvremove|vgremove|pvremove|remove|remove_all|wipe_table|clear', loss, 'disk-loss')] },
  { names: 'zpool', verbs: [reads('list|status|get|history|iostat|events'), changes('scrub|clear|online|sync|trim'), endangers('create|add|attach|detach|offline|replace|remove|import|export|upgrade|set|reguid|split|initialize|labelclear|checkpoint'), forbids('destroy', loss, 'disk-loss')] },
  { names: 'zfs', harmless: '-n', verbs: [reads('list|get|diff|holds|userspace|groupspace|allow'), changes('snapshot|bookmark|hold|mount|send'), endangers('create|clone|set|inherit|release|rename|promote|unmount|share|receive|recv|upgrade|load-key|unload-key|change-key|unallow'), forbids('destroy|rollback', loss, 'disk-loss')] },
  { names: 'btrfs', verbs: [reads('filesystem show|filesystem df|filesystem usage|fi show|fi df|fi usage|subvolume list|subvolume show|device stats|device usage|scrub status|balance status|inspect-internal'), changes('subvolume snapshot|scrub start|filesystem sync'), forbids('subvolume delete|device delete|device remove', loss, 'disk-loss')], otherwise: { risk: 'dangerous', why: 'It changes a file system.' } },
  { names: 'mdadm', inspect: (_, args) => (args.has('--detail', '-D', '--examine', '-E', '--query', '-Q', '--monitor') ? shows : args.has('--zero-superblock', '--create', '-C', '--fail', '--remove', '--stop', '-S') ? lost : { risk: 'dangerous', why: 'It changes an array of disks.' }) },
  { names: 'cryptsetup', verbs: [reads('status|luksDump|isLuks|luksUUID|benchmark'), endangers('open|luksOpen|close|luksClose|resize|luksAddKey|luksHeaderBackup'), forbids('luksFormat|erase|luksErase|luksKillSlot|luksRemoveKey|reencrypt|luksHeaderRestore|luksSuspend', loss, 'disk-loss')] },
  { names: 'hdparm nvme smartctl sg_format sdparm storcli megacli perccli arcconf ssacli', inspect: (call, args) => (/(format|sanitize|--security-\w+|--trim-sector|--make-bad|--write-sector|write-zeroes|secure|delete|clear|init|--dco|--yes-i-know)/.test(call.words.map(({ text }) => text).join(' ')) ? lost : call.name === 'smartctl' || args.has('-I', '-i', '-g', '-t', '-T') || /^(list|smart-log|id-ctrl|id-ns|error-log|show)$/.test(args.operands[0]?.text ?? '') ? (args.has('-t', '-s', '-o', '-S') && call.name === 'smartctl' ? { risk: 'caution', why: 'It starts a test of a disk.' } : shows) : { risk: 'dangerous', why: 'It changes how a disk works.' }) },
  { names: 'fsck e2fsck fsck.ext4 fsck.xfs xfs_repair btrfsck fsck.vfat ntfsfix dosfsck', harmless: '-n -N', otherwise: { risk: 'dangerous', why: 'It repairs a file system, and can lose what is in it.' } },
  { names: 'dumpe2fs tune2fs xfs_info xfs_admin debugfs resize2fs xfs_growfs e2label xfs_db e2image fstrim', inspect: (call, args) => (/^(dumpe2fs|xfs_info)$/.test(call.name) || (args.has('-l') && call.name === 'tune2fs') ? shows : call.name === 'fstrim' ? { risk: 'caution', why: 'It tells a disk what is free.' } : { risk: 'dangerous', why: 'It changes a file system.' }) },
  { names: 'mount', options: { valued: '-t -o -L -U --source --target -O' }, inspect: (call, args) => (args.operands.length === 0 && !args.has('-a', '--all') ? shows : (args.operands.forEach((word) => judgePath(word.text, 'write').risk === 'forbidden' && call.add('caution', 'mount.device', 'It mounts a disk.', word)), { risk: 'dangerous', why: 'It changes which files are seen where.' })) },
  { names: 'umount fusermount losetup swapoff quotaon quotaoff edquota setquota xfs_quota', inspect: (call, args) => (call.name === 'losetup' && args.has('-a', '-l', '--list', '--all') ? shows : { risk: 'dangerous', why: 'It takes files or memory away from programs that use them.' }) },
  { names: 'swapon quota repquota', inspect: (call, args) => (call.name !== 'swapon' || args.has('-s', '--show', '--summary') ? shows : { risk: 'caution', why: 'It adds swap.' }) },
  { names: 'badblocks', flags: [forbids('-w', loss, 'disk-loss')], otherwise: { risk: 'caution', why: 'It reads a whole disk.' } },
  { names: 'restic borg kopia duplicity rclone velero bup rdiff-backup', harmless: '--dry-run -n', options: { valued: '-r --repo -p --password-file --password-command --tag --host --config --namespace -o --option' }, flags: [endangers('--password-command|--rsh|-o|--option|--remote-path', 'This option runs a command.'), forbids('--unsafe-allow-remove-all', 'It deletes every backup.', 'backup-loss')], verbs: [reads('snapshots|ls|stats|check|diff|find|list|info|cat|version|lsd|lsl|lsf|size|about|tree|md5sum|backup get|backup describe|backup logs|restore get|restore describe|restore logs|schedule get|schedule describe|get|describe|collection-status|verify|status'), changes('backup|create|init|copy|backup create|copyto|mkdir|unlock|cache|mount|schedule create|snapshot create|full|incremental|check'), endangers('forget|prune|restore|delete|compact|recreate|rewrite|key|migrate|recover|sync|move|moveto|deletefile|rmdir|rmdirs|dedupe|cleanup|serve|rcd|config|extract|restore create|backup delete|backup-location delete|schedule delete|restore delete|snapshot delete|uninstall|remove-older-than|repair|tag|install'), forbids('purge', 'It deletes everything at a place.', 'backup-loss')] },
];
