#!/bin/bash
# `enter.sh BED HOUSE COMMAND…` makes the bed in namespaces of its own, and runs the command in it. Whatever happens in it is thrown away: `/` is an
# overlay whose upper side is memory. This shell stays the first process, so that orphans are buried.
set -e
bed=$1
house=$2
shift 2
mount --make-rprivate /
mount -t tmpfs -o size=2g,mode=755 bed "$bed"
mkdir "$bed/upper" "$bed/work" "$bed/root"
mount -t overlay -o "lowerdir=/,upperdir=$bed/upper,workdir=$bed/work" overlay "$bed/root"
cd "$bed/root"
mount -t proc proc proc
mount --rbind /sys sys
mount --rbind /dev dev
for place in dev/shm tmp var/tmp; do mount -t tmpfs -o mode=1777,size=1g tmpfs "$place"; done
# a clone that lies under one of these is seen again, and cannot be changed from here
if [ ! -d ".$house" ]; then
  mkdir -p ".$house"
  mount --bind "$house" ".$house"
  mount -o remount,bind,ro ".$house"
fi
mkdir -p dev/mqueue .before
mount -t mqueue mqueue dev/mqueue 2>/dev/null || true
pivot_root . .before
cd /
umount -l /.before
ip link set lo up
for address in 169.254.169.254/32 51.15.77.1/32 51.15.77.2/32 51.15.77.3/32; do ip address add "$address" dev lo; done
ip -6 address add fd00:ec2::254/128 dev lo 2>/dev/null || true
echo 3 > /proc/sys/net/ipv4/tcp_fastopen
"$@"
