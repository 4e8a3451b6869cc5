namespace Laurel.Client;

/// <summary>A transport had no answer: the connection failed, broke, or nothing came in time.</summary>
public sealed class LaurelTransportException : Exception
{
    /// <param name="message">For people.</param>
    /// <param name="cause">What happened below.</param>
    public LaurelTransportException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
