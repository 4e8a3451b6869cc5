namespace Laurel.GrainInterfaces;

/// <summary>
/// Carries what seasons have to tell to the frontends that watch them: best effort, in the order of publishing, never durable. A host
/// gives one to its grains and one to its frontend; in one process they are the same.
/// </summary>
/// <remarks>
/// News only says that there is something to look at. What was lost on the way costs time, never truth: a frontend asks for a
/// season's head (<see cref="ISeason.WatchAsync"/>) every two seconds, and shows nothing but pages read from the season.
/// </remarks>
public interface IFeed
{
    /// <summary>Tells whoever watches the season. Returns at once, never throws; what cannot be carried is dropped.</summary>
    void Publish(SeasonNews news);

    /// <summary>Hears of a season until disposed.</summary>
    /// <param name="season">The season's key.</param>
    /// <param name="heard">Called one after the other, perhaps on the publisher's thread: it must not block, throw or call back.</param>
    ValueTask<IAsyncDisposable> SubscribeAsync(string season, Action<SeasonNews> heard);
}
