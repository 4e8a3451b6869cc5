namespace Laurel.Storage.Writing;

/// <summary>What a database does for a <see cref="GroupWriter"/>. Called from the writer's thread only.</summary>
public interface IGroupCommitter : IDisposable
{
    /// <summary>
    /// Commits the group in one transaction and concludes each of its requests (see <see cref="WriteRequest.ConcludeAll"/>). Requests
    /// of one journal take effect in the order given, and so do commits of records.
    /// </summary>
    void Commit(IReadOnlyList<WriteRequest> group);

    /// <summary>Housekeeping between groups: after each one, and each second without one.</summary>
    /// <param name="idle">Nothing has been asked for the last second.</param>
    void Tend(bool idle);

    /// <summary>An exception left one of the other methods, which is a defect. The writer goes on.</summary>
    void Report(Exception defect);
}
