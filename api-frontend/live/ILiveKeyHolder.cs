namespace Laurel.ApiFrontend.Live;

/// <summary>What must not outlive its key: a viewer, or a connection.</summary>
internal interface ILiveKeyHolder
{
    /// <summary>Whose key it is.</summary>
    Caller Caller { get; }

    /// <summary>Ends it.</summary>
    void End(LiveEnd reason);
}
