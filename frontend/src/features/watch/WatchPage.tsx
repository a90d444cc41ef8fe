export function WatchPage() {
  return <p className="page-top gutters">Watch</p>;
}
