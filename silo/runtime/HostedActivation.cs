using Laurel.GrainInterfaces;
using Laurel.Grains;
using Laurel.Storage;

namespace Laurel.Silo;

/// <summary>One activation's side of the host: gives the grain what it needs, and deactivates it when it asks.</summary>
internal sealed class HostedActivation
{
    /// <summary>
    /// How long a grain stays that asks to go while it is loaded: the calls that woke it get its answer. Orleans would send them on to a new
    /// activation, which asked the same.
    /// </summary>
    private static readonly TimeSpan StayAfterLoad = TimeSpan.FromSeconds(1);

    private static readonly DeactivationReason Asked = new(DeactivationReasonCode.ApplicationRequested, "The grain asked for it.");

    private readonly TimeProvider _clock;
    private bool _isLoaded;
    private bool _leavesAfterLoad;

    public HostedActivation(IGrainContextAccessor activation, TimeProvider clock, Lazy<IStore> store, IGrainPort grains, IFeed feed, ILoggerFactory logs)
    {
        _clock = clock;
        GrainContext = activation.GrainContext;
        Context = new ActivationContext
        {
            Key = GrainContext.GrainId.Key.ToString()!,
            Clock = clock,
            Store = store.Value,
            Grains = grains,
            Feed = feed,
            Logs = logs,
            RequestDeactivation = Leave,
        };
    }

    /// <summary>Orleans' side.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>The grain's side.</summary>
    public ActivationContext Context { get; }

    /// <summary>The first turn.</summary>
    public async Task LoadAsync(IActivation grain)
    {
        await grain.LoadAsync();
        _isLoaded = true;
        if (_leavesAfterLoad)
            _ = LeaveSoonAsync();
    }

    private void Leave()
    {
        if (_isLoaded)
            GrainContext.Deactivate(Asked);
        else
            _leavesAfterLoad = true;
    }

    private async Task LeaveSoonAsync()
    {
        await Task.Delay(StayAfterLoad, _clock);
        GrainContext.Deactivate(Asked);
    }
}
