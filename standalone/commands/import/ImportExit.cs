namespace Laurel.Standalone.Commands;

/// <summary>What an import's exit code says.</summary>
internal static class ImportExit
{
    /// <summary>Every line went in.</summary>
    public const int AllIn = 0;

    /// <summary>The end was reached, and some lines did not go in.</summary>
    public const int SomeRefused = 1;

    /// <summary>It stopped before the end, and can be resumed, or it did not begin.</summary>
    public const int Stopped = 2;
}
