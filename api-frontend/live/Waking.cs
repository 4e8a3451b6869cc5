namespace Laurel.ApiFrontend.Live;

/// <summary>
/// Wakes viewers on the pool, some at a time: each runs until it has written what it has to tell, without a way through the pool of its
/// own. A wave goes behind the work that the waves before it have made, so that a message on its way to many thousands holds the buffers
/// of a few hundred: what is written is sent before the next is written.
/// </summary>
internal sealed class Waking : IThreadPoolWorkItem
{
    private const int Wave = 256;

    private readonly LiveViewer[] _viewers;
    private int _woken;

    private Waking(LiveViewer[] viewers) => _viewers = viewers;

    /// <summary>Wakes all.</summary>
    public static void All(LiveViewer[] viewers)
    {
        if (viewers.Length > 0)
            ThreadPool.UnsafeQueueUserWorkItem(new Waking(viewers), preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        var end = Math.Min(_viewers.Length, _woken + Wave);
        while (_woken < end)
            _viewers[_woken++].WakeHere();
        if (end < _viewers.Length)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
